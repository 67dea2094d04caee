//! What happened to a member.

use mastodon::{Id, Notification, Timestamp};
use model::{Viewer, notification::NotificationView};

use super::Renderer;

impl Renderer {
    /// A notification of a member.
    pub(crate) fn notification<'a>(&'a self, view: &'a NotificationView) -> Notification<'a> {
        let notification = &view.notification;
        let viewer = Viewer::Account(notification.account_id);
        Notification {
            id: Id(notification.id.get()),
            kind: notification.kind.as_str(),
            created_at: Timestamp(notification.created_at),
            // Each stands for itself: notifications are not grouped yet.
            group_key: format!("ungrouped-{}", notification.id).into(),
            account: self.account(&view.from),
            status: view
                .status
                .as_ref()
                .map(|status| self.status(status, viewer)),
        }
    }
}
