//! What happened to the viewer.

use std::borrow::Cow;

use serde::Serialize;

use crate::{Account, Id, Status, Timestamp};

/// Something that happened to the viewer. <https://docs.joinmastodon.org/entities/Notification/>
#[derive(Debug, Clone, Serialize)]
pub struct Notification<'a> {
    /// The notification's id.
    pub id: Id,
    /// `mention`, `status`, `reblog`, `follow`, `follow_request`, `favourite`, `update`, …
    #[serde(rename = "type")]
    pub kind: &'a str,
    /// When it happened.
    pub created_at: Timestamp,
    /// Notifications with the same key may be shown as one.
    pub group_key: Cow<'a, str>,
    /// Who did it.
    pub account: Account<'a>,
    /// The post it is about, for the kinds that are about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status<'a>>,
}

/// How many notifications are unread, counted up to the limit asked for.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct UnreadCount {
    /// The number.
    pub count: i64,
}

#[cfg(test)]
mod tests {
    use serde_json::to_value;
    use time::macros::datetime;

    use super::*;
    use crate::{accounts::tests::carol, statuses::tests::hello};

    #[test]
    fn a_follow_has_no_status_and_a_mention_has_one() {
        let follow = Notification {
            id: Id(5),
            kind: "follow",
            created_at: Timestamp(datetime!(2026-01-02 03:04:05 UTC)),
            group_key: "ungrouped-5".into(),
            account: carol(),
            status: None,
        };
        let mention = Notification {
            kind: "mention",
            status: Some(hello()),
            ..follow.clone()
        };

        let follow = to_value(&follow).unwrap();
        let mention = to_value(&mention).unwrap();

        assert!(follow.get("status").is_none());
        assert_eq!(follow["group_key"], "ungrouped-5");
        assert_eq!(mention["type"], "mention");
        assert_eq!(mention["status"]["id"], "42");
    }
}
