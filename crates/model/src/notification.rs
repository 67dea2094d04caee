//! What the server tells a member of.

use time::OffsetDateTime;

use crate::{
    id::{AccountId, NotificationId},
    moderation::{appeal::StrikeId, report::ReportId},
};

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
    /// The report that a moderator is told of.
    pub report_id: Option<ReportId>,
    /// The decision that a member is told of.
    pub strike_id: Option<StrikeId>,
    /// The follows that a measure has cut, as one event.
    pub severance_id: Option<i64>,
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
    /// Moderators have decided something about the member.
    ModerationWarning,
    /// Follows of the member were cut by a measure.
    SeveredRelationships,
    /// Somebody was reported; for moderators.
    AdminReport,
    /// Somebody has signed up; for moderators.
    AdminSignUp,
}

impl NotificationKind {
    /// All kinds.
    pub const ALL: [Self; 11] = [
        Self::Mention,
        Self::Status,
        Self::Boost,
        Self::Follow,
        Self::FollowRequest,
        Self::Favourite,
        Self::Update,
        Self::ModerationWarning,
        Self::SeveredRelationships,
        Self::AdminReport,
        Self::AdminSignUp,
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
            Self::ModerationWarning => "moderation_warning",
            Self::SeveredRelationships => "severed_relationships",
            Self::AdminReport => "admin.report",
            Self::AdminSignUp => "admin.sign_up",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}
