//! Reading notifications: three queries, however many they are.

use db::{
    notifications::{NotificationList, NotificationRow},
    statuses::Sight,
};
use model::{
    AccountId, NotificationId, Page, StatusId, Viewer,
    notification::{NotificationKind, NotificationView},
};
use sqlx::PgConnection;

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
) -> Result<Vec<NotificationView>> {
    let mut connection = app.db.acquire().await?;
    let wanted = NotificationList {
        of: member,
        kinds: filter.kinds.clone(),
        excluded: filter.excluded.clone(),
        from: filter.from,
    };
    let rows = db::notifications::list(&mut connection, &wanted, filter.page).await?;
    views(&mut connection, member, rows).await
}

/// One of a member's notifications.
pub async fn get(app: &App, member: AccountId, id: NotificationId) -> Result<NotificationView> {
    let mut connection = app.db.acquire().await?;
    let row = db::notifications::one(&mut connection, member, id)
        .await?
        .ok_or(Error::NotFound)?;
    views(&mut connection, member, vec![row])
        .await?
        .pop()
        .ok_or(Error::NotFound)
}

/// Newer than the notifications marker, counted up to `limit`.
pub async fn unread_count(app: &App, member: AccountId, limit: i64) -> Result<i64> {
    let mut connection = app.db.acquire().await?;
    Ok(db::notifications::unread(&mut connection, member, limit).await?)
}

async fn views(
    connection: &mut PgConnection,
    member: AccountId,
    rows: Vec<NotificationRow>,
) -> Result<Vec<NotificationView>> {
    let mut statuses: Vec<StatusId> = rows.iter().filter_map(|row| row.status).collect();
    statuses.sort_unstable();
    statuses.dedup();
    let people: Vec<AccountId> = rows.iter().map(|row| row.from).collect();
    let sight = Sight::Of(Viewer::Account(member));
    let (statuses, people) =
        db::statuses::views_and_accounts(connection, sight, &statuses, &people).await?;

    let found = |id: StatusId| statuses.iter().find(|view| view.status.id == id).cloned();
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let from = people
                .get(&row.from)
                .filter(|from| !from.is_suspended())?
                .clone();
            let status = match row.status {
                Some(id) => Some(found(id)?),
                None => None,
            };
            Some(NotificationView {
                notification: row.notification,
                from,
                status,
            })
        })
        .collect())
}
