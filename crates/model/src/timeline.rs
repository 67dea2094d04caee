//! Timelines and how far somebody has read.

use time::OffsetDateTime;

/// Which part of the network a public or tag timeline shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Statuses of everybody known here.
    Everybody,
    /// Statuses of members only.
    Local,
    /// Statuses of other servers only.
    Remote,
}

/// A timeline that remembers how far somebody has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkedTimeline {
    /// The home timeline.
    Home,
    /// Notifications.
    Notifications,
}

impl MarkedTimeline {
    /// The word of the client API, also kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Notifications => "notifications",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "home" => Self::Home,
            "notifications" => Self::Notifications,
            _ => return None,
        })
    }
}

/// How far somebody has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    /// In which timeline.
    pub timeline: MarkedTimeline,
    /// The newest thing read.
    pub last_read_id: i64,
    /// Counts the changes, so that apps see a conflict.
    pub version: i32,
    /// When it was last moved.
    pub updated_at: OffsetDateTime,
}
