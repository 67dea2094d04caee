//! Removing statuses: first from sight, later from the table.

use model::StatusId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Takes a status from everybody's sight, with the boosts of it, and buries its id. False when it was gone before.
pub async fn mark_deleted(
    connection: &mut PgConnection,
    id: StatusId,
    now: OffsetDateTime,
) -> Result<bool> {
    let was_there = sqlx::query_file_scalar!("queries/statuses/mark_deleted.sql", id.get(), now)
        .fetch_one(connection)
        .await?;
    Ok(was_there)
}

/// Removes the row of a status that is gone already, and all that hangs on it; not of one that moderators have taken away, since
/// it can come back.
pub async fn purge(connection: &mut PgConnection, id: StatusId) -> Result<()> {
    sqlx::query!(
        "DELETE FROM statuses WHERE id = $1 AND deleted_at IS NOT NULL AND moderated_at IS NULL",
        id.get()
    )
    .execute(connection)
    .await?;
    Ok(())
}
