//! Removing notifications.

use model::{AccountId, NotificationId, StatusId, notification::NotificationKind};
use sqlx::PgConnection;

use crate::Result;

/// Removes all of a member's.
pub async fn clear(connection: &mut PgConnection, of: AccountId) -> Result<()> {
    sqlx::query!("DELETE FROM notifications WHERE account_id = $1", of.get())
        .execute(connection)
        .await?;
    Ok(())
}

/// Removes one of a member's. False when there is none.
pub async fn dismiss(
    connection: &mut PgConnection,
    of: AccountId,
    id: NotificationId,
) -> Result<bool> {
    let done = sqlx::query!(
        "DELETE FROM notifications WHERE account_id = $1 AND id = $2",
        of.get(),
        id.get()
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Takes back that `from` did something to `of`: the favourite was withdrawn, the follow undone.
pub async fn take_back(
    connection: &mut PgConnection,
    kind: NotificationKind,
    of: AccountId,
    from: AccountId,
    status: Option<StatusId>,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM notifications
          WHERE account_id = $1
            AND kind = $2
            AND from_id = $3
            AND coalesce(status_id, 0) = $4",
        of.get(),
        kind.as_str(),
        from.get(),
        status.map_or(0, StatusId::get),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes all that somebody has caused, from a member's notifications.
pub async fn remove_from(
    connection: &mut PgConnection,
    of: AccountId,
    from: AccountId,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM notifications WHERE account_id = $1 AND from_id = $2",
        of.get(),
        from.get()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes back that `from` did something with a status, whoever was told of it.
pub async fn take_back_about(
    connection: &mut PgConnection,
    kind: NotificationKind,
    from: AccountId,
    status: StatusId,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM notifications WHERE status_id = $1 AND kind = $2 AND from_id = $3",
        status.get(),
        kind.as_str(),
        from.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}
