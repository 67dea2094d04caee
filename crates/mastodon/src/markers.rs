//! How far the viewer has read.

use serde::Serialize;

use crate::{Id, Timestamp};

/// How far one timeline was read. <https://docs.joinmastodon.org/entities/Marker/>
#[derive(Debug, Clone, Serialize)]
pub struct Marker {
    /// The newest entry read.
    pub last_read_id: Id,
    /// Grows with every change, so that two devices can notice each other.
    pub version: i64,
    /// When it was last moved.
    pub updated_at: Timestamp,
}

/// The markers asked for, by timeline.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Markers {
    /// Of the home timeline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home: Option<Marker>,
    /// Of the notifications.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notifications: Option<Marker>,
}
