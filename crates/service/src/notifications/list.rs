//! Reading notifications: at a glance and in one query, however many they are.

use db::notifications::NotificationList;
use model::{AccountId, NotificationGlimpse, NotificationId, Page, notification::NotificationKind};

use crate::{App, Error, Result};

/// Which are wanted. Empty `kinds` means all.
#[derive(Clone, Debug)]
pub struct NotificationFilter {
    /// Which part.
    pub page: Page,
    /// Only these.
    pub kinds: Vec<NotificationKind>,
    /// Not these.
    pub excluded: Vec<NotificationKind>,
    /// Only those caused by this account.
    pub from: Option<AccountId>,
}

/// A member's notifications, newest first, without those about statuses that the member may not see any more.
pub async fn list(
    app: &App,
    member: AccountId,
    filter: &NotificationFilter,
) -> Result<Vec<NotificationGlimpse>> {
    let mut connection = app.db.acquire().await?;
    let wanted = NotificationList {
        of: member,
        kinds: filter.kinds.clone(),
        excluded: filter.excluded.clone(),
        from: filter.from,
    };
    Ok(db::notifications::list(&mut connection, &wanted, filter.page).await?)
}

/// One of a member's notifications.
pub async fn get(app: &App, member: AccountId, id: NotificationId) -> Result<NotificationGlimpse> {
    let mut connection = app.db.acquire().await?;
    db::notifications::one(&mut connection, member, id)
        .await?
        .ok_or(Error::NotFound)
}

/// Newer than the notifications marker, counted up to `limit`.
pub async fn unread_count(app: &App, member: AccountId, limit: i64) -> Result<i64> {
    let mut connection = app.db.acquire().await?;
    Ok(db::notifications::unread(&mut connection, member, limit).await?)
}
