//! How the viewer and another account stand.

use std::borrow::Cow;

use serde::Serialize;

use crate::{Id, Timestamp};

/// How the viewer stands to an account. <https://docs.joinmastodon.org/entities/Relationship/>
#[derive(Debug, Clone, Serialize)]
pub struct Relationship<'a> {
    /// The other account.
    pub id: Id,
    /// The viewer follows it.
    pub following: bool,
    /// Its boosts reach the viewer's home.
    pub showing_reblogs: bool,
    /// Its posts notify the viewer.
    pub notifying: bool,
    /// Only these languages reach the viewer's home; `None` means all.
    pub languages: Option<Vec<Cow<'a, str>>>,
    /// It follows the viewer.
    pub followed_by: bool,
    /// The viewer blocks it.
    pub blocking: bool,
    /// It blocks the viewer.
    pub blocked_by: bool,
    /// The viewer mutes it.
    pub muting: bool,
    /// Its notifications are muted too.
    pub muting_notifications: bool,
    /// When the mute ends.
    pub muting_expires_at: Option<Timestamp>,
    /// The viewer asked to follow it.
    pub requested: bool,
    /// It asked to follow the viewer.
    pub requested_by: bool,
    /// The viewer blocks its whole server.
    pub domain_blocking: bool,
    /// The viewer features it on their profile.
    pub endorsed: bool,
    /// The viewer's private note on it.
    pub note: Cow<'a, str>,
}

#[cfg(test)]
mod tests {
    use serde_json::{json, to_value};

    use super::*;

    #[test]
    fn a_relationship_names_every_state() {
        let relationship = Relationship {
            id: Id(7),
            following: true,
            showing_reblogs: true,
            notifying: false,
            languages: Some(vec!["fi".into()]),
            followed_by: false,
            blocking: false,
            blocked_by: false,
            muting: false,
            muting_notifications: false,
            muting_expires_at: None,
            requested: false,
            requested_by: false,
            domain_blocking: false,
            endorsed: false,
            note: "".into(),
        };

        let printed = to_value(&relationship).unwrap();

        assert_eq!(
            printed,
            json!({
                "id": "7", "following": true, "showing_reblogs": true, "notifying": false,
                "languages": ["fi"], "followed_by": false, "blocking": false, "blocked_by": false,
                "muting": false, "muting_notifications": false, "muting_expires_at": null,
                "requested": false, "requested_by": false, "domain_blocking": false,
                "endorsed": false, "note": "",
            })
        );
    }
}
