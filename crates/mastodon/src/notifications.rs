//! What happened to the viewer.

use std::borrow::Cow;

use serde::Serialize;

use crate::{Id, Timestamp};

/// Something that happened to the viewer. <https://docs.joinmastodon.org/entities/Notification/>
///
/// Whoever prints it puts beside this the `account` that did it and, for the kinds that are about one, the `status`.
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
}

/// How many notifications are unread, counted up to the limit asked for.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct UnreadCount {
    /// The number.
    pub count: i64,
}
