//! Which part of a list is wanted.

use serde::Deserialize;

use super::{Paging, lenient};

/// Several things by id, as `id[]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Ids {
    /// Their ids.
    #[serde(deserialize_with = "lenient::ids")]
    pub id: Vec<i64>,
}

/// How the viewer stands to several accounts.
/// <https://docs.joinmastodon.org/methods/accounts/#relationships>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Relationships {
    /// The accounts.
    #[serde(deserialize_with = "lenient::ids")]
    pub id: Vec<i64>,
    /// Whether suspended accounts are told of.
    #[serde(deserialize_with = "lenient::flag")]
    pub with_suspended: Option<bool>,
}

/// An account by its handle. <https://docs.joinmastodon.org/methods/accounts/#lookup>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AccountLookup {
    /// `name` or `name@host`.
    #[serde(deserialize_with = "lenient::text")]
    pub acct: Option<String>,
}

/// Accounts by a part of their name. <https://docs.joinmastodon.org/methods/accounts/#search>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AccountSearch {
    /// What is looked for.
    #[serde(deserialize_with = "lenient::text")]
    pub q: Option<String>,
    /// Whether unknown handles are looked up elsewhere.
    #[serde(deserialize_with = "lenient::flag")]
    pub resolve: Option<bool>,
    /// Only accounts the viewer follows.
    #[serde(deserialize_with = "lenient::flag")]
    pub following: Option<bool>,
    /// Which part of the results.
    #[serde(flatten)]
    pub paging: Paging,
}

/// The posts of an account. <https://docs.joinmastodon.org/methods/accounts/#statuses>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AccountStatuses {
    /// Only those with files.
    #[serde(deserialize_with = "lenient::flag")]
    pub only_media: Option<bool>,
    /// Without answers to others.
    #[serde(deserialize_with = "lenient::flag")]
    pub exclude_replies: Option<bool>,
    /// Without boosts.
    #[serde(deserialize_with = "lenient::flag")]
    pub exclude_reblogs: Option<bool>,
    /// Only pinned ones.
    #[serde(deserialize_with = "lenient::flag")]
    pub pinned: Option<bool>,
    /// Only those with this hashtag.
    #[serde(deserialize_with = "lenient::text")]
    pub tagged: Option<String>,
    /// Which page.
    #[serde(flatten)]
    pub paging: Paging,
}

/// A public timeline. <https://docs.joinmastodon.org/methods/timelines/#public>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PublicTimeline {
    /// Only posts of members.
    #[serde(deserialize_with = "lenient::flag")]
    pub local: Option<bool>,
    /// Only posts of others.
    #[serde(deserialize_with = "lenient::flag")]
    pub remote: Option<bool>,
    /// Only posts with files.
    #[serde(deserialize_with = "lenient::flag")]
    pub only_media: Option<bool>,
    /// Which page.
    #[serde(flatten)]
    pub paging: Paging,
}

/// The timeline of a hashtag. <https://docs.joinmastodon.org/methods/timelines/#tag>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct TagTimeline {
    /// Also posts with one of these.
    #[serde(deserialize_with = "lenient::texts")]
    pub any: Option<Vec<String>>,
    /// Only posts with all of these too.
    #[serde(deserialize_with = "lenient::texts")]
    pub all: Option<Vec<String>>,
    /// Only posts with none of these.
    #[serde(deserialize_with = "lenient::texts")]
    pub none: Option<Vec<String>>,
    /// Only posts of members.
    #[serde(deserialize_with = "lenient::flag")]
    pub local: Option<bool>,
    /// Only posts of others.
    #[serde(deserialize_with = "lenient::flag")]
    pub remote: Option<bool>,
    /// Only posts with files.
    #[serde(deserialize_with = "lenient::flag")]
    pub only_media: Option<bool>,
    /// Which page.
    #[serde(flatten)]
    pub paging: Paging,
}

/// The viewer's notifications. <https://docs.joinmastodon.org/methods/notifications/#get>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Notifications {
    /// Only these kinds.
    #[serde(deserialize_with = "lenient::texts")]
    pub types: Option<Vec<String>>,
    /// Not these kinds.
    #[serde(deserialize_with = "lenient::texts")]
    pub exclude_types: Option<Vec<String>>,
    /// Only what this account did.
    #[serde(deserialize_with = "lenient::text")]
    pub account_id: Option<String>,
    /// Also what the viewer's policy holds back.
    #[serde(deserialize_with = "lenient::flag")]
    pub include_filtered: Option<bool>,
    /// Which page.
    #[serde(flatten)]
    pub paging: Paging,
}

/// Up to how many unread notifications are counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct UnreadCount {
    /// The most that is counted.
    #[serde(deserialize_with = "lenient::number")]
    pub limit: Option<i64>,
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    #[test]
    fn paging_stands_beside_the_other_parameters() {
        let form: PublicTimeline =
            from_value(json!({"local": "true", "limit": "40", "max_id": "115"})).unwrap();

        assert_eq!(form.local, Some(true));
        assert_eq!(form.paging.limit, Some(40));
        assert_eq!(form.paging.max_id, Some(115));
    }

    #[test]
    fn a_bad_page_is_the_first_page() {
        let form: PublicTimeline =
            from_value(json!({"limit": "many", "max_id": "' OR 1=1", "min_id": ""})).unwrap();

        assert_eq!(form.paging, Paging::default());
    }
}
