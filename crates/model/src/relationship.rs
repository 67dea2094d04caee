//! What two accounts are to each other.

use time::OffsetDateTime;

use crate::id::{AccountId, FollowId};

/// Somebody follows somebody.
#[derive(Clone, Debug)]
pub struct Follow {
    /// Its id.
    pub id: FollowId,
    /// Who follows.
    pub follower_id: AccountId,
    /// Who is followed.
    pub followee_id: AccountId,
    /// The ActivityPub id of the Follow.
    pub uri: String,
    /// Boosts are wanted in home.
    pub shows_boosts: bool,
    /// Each post is notified.
    pub notifies: bool,
    /// Only these languages are wanted; all when empty.
    pub languages: Vec<String>,
    /// When it began.
    pub created_at: OffsetDateTime,
}

/// How somebody wants to follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowOptions {
    /// Boosts are wanted in home.
    pub shows_boosts: bool,
    /// Each post is notified.
    pub notifies: bool,
    /// Only these languages are wanted; all when empty.
    pub languages: Vec<String>,
}

impl Default for FollowOptions {
    fn default() -> Self {
        Self {
            shows_boosts: true,
            notifies: false,
            languages: Vec::new(),
        }
    }
}

/// What another account is to the viewer, in the client API's words.
#[derive(Clone, Debug)]
pub struct Relationship {
    /// The other account.
    pub id: AccountId,
    /// The viewer follows it.
    pub following: Option<FollowOptions>,
    /// The viewer has asked to follow it.
    pub requested: Option<FollowOptions>,
    /// It follows the viewer.
    pub followed_by: bool,
    /// It has asked to follow the viewer.
    pub requested_by: bool,
    /// The viewer blocks it.
    pub blocking: bool,
    /// It blocks the viewer.
    pub blocked_by: bool,
    /// The viewer mutes it; whether notifications too.
    pub muting: Option<MuteOptions>,
}

/// How somebody is muted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MuteOptions {
    /// Notifications are hidden too.
    pub hides_notifications: bool,
    /// When it ends by itself.
    pub expires_at: Option<OffsetDateTime>,
}
