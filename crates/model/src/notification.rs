//! What the server tells a member of.

use time::OffsetDateTime;

use crate::id::{AccountId, NotificationId};

/// Something that concerns a member has happened.
#[derive(Clone, Debug)]
pub struct Notification {
    /// Its id.
    pub id: NotificationId,
    /// Whom it is for.
    pub account_id: AccountId,
    /// What happened.
    pub kind: NotificationKind,
    /// When.
    pub created_at: OffsetDateTime,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotificationKind {
    /// Somebody mentioned the member.
    Mention,
    /// Somebody the member watches has posted.
    Status,
    /// Somebody boosted a status of the member.
    Boost,
    /// Somebody follows the member.
    Follow,
    /// Somebody asks to follow the member.
    FollowRequest,
    /// Somebody marked a status of the member as favourite.
    Favourite,
    /// A status the member has boosted was edited.
    Update,
}

impl NotificationKind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Mention,
        Self::Status,
        Self::Boost,
        Self::Follow,
        Self::FollowRequest,
        Self::Favourite,
        Self::Update,
    ];

    /// The word of the client API, also kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mention => "mention",
            Self::Status => "status",
            Self::Boost => "reblog",
            Self::Follow => "follow",
            Self::FollowRequest => "follow_request",
            Self::Favourite => "favourite",
            Self::Update => "update",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}
