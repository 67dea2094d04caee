//! Notifications of a member.

use model::{
    AccountId, NotificationId, Page,
    notification::{NotificationKind, NotificationView},
};

use crate::{App, Result};

/// Which are wanted. Empty `kinds` means all.
#[derive(Clone, Debug)]
pub struct NotificationFilter {
    pub page: Page,
    pub kinds: Vec<NotificationKind>,
    pub excluded: Vec<NotificationKind>,
    pub from: Option<AccountId>,
}
pub async fn list(
    app: &App,
    member: AccountId,
    filter: &NotificationFilter,
) -> Result<Vec<NotificationView>> {
    todo!()
}
pub async fn get(app: &App, member: AccountId, id: NotificationId) -> Result<NotificationView> {
    todo!()
}
pub async fn clear(app: &App, member: AccountId) -> Result<()> {
    todo!()
}
pub async fn dismiss(app: &App, member: AccountId, id: NotificationId) -> Result<()> {
    todo!()
}
/// Newer than the notifications marker, counted up to `limit`.
pub async fn unread_count(app: &App, member: AccountId, limit: i64) -> Result<i64> {
    todo!()
}
