//! What happened to a member.

use mastodon::{Id, Notification, Timestamp};
use model::notification;

/// A notification, without who did it and what it is about.
pub(crate) fn head(notification: &notification::Notification) -> Notification<'_> {
    Notification {
        id: Id(notification.id.get()),
        kind: notification.kind.as_str(),
        created_at: Timestamp(notification.created_at),
        // Each stands for itself: notifications are not grouped yet.
        group_key: format!("ungrouped-{}", notification.id).into(),
    }
}
