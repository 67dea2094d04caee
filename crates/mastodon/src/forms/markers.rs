//! How far the viewer has read.

use serde::Deserialize;

use super::lenient;

/// Which markers are wanted. <https://docs.joinmastodon.org/methods/markers/#get>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct MarkersQuery {
    /// `home` and `notifications`.
    #[serde(deserialize_with = "lenient::texts")]
    pub timeline: Option<Vec<String>>,
}

/// Markers to move. <https://docs.joinmastodon.org/methods/markers/#create>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SaveMarkers {
    /// Of the home timeline.
    #[serde(deserialize_with = "lenient::structure")]
    pub home: Option<ReadUpTo>,
    /// Of the notifications.
    #[serde(deserialize_with = "lenient::structure")]
    pub notifications: Option<ReadUpTo>,
}

/// How far a timeline was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ReadUpTo {
    /// The newest entry read.
    #[serde(deserialize_with = "lenient::number")]
    pub last_read_id: Option<i64>,
}
