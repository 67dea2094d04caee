//! Posts that moderators take away, bring back, and mark.

use model::{AccountId, StatusId, moderation::Warrant};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// What must be known of a post before a measure.
#[derive(Clone, Debug)]
pub struct MeasuredStatus {
    /// Whose it is.
    pub author: AccountId,
    /// Written here.
    pub local: bool,
    /// It is a boost.
    pub is_boost: bool,
    /// Gone, by whomever.
    pub is_deleted: bool,
    /// Moderators have taken it away.
    pub is_removed: bool,
    /// Its author has deleted it, maybe after moderators had taken it away.
    pub is_buried: bool,
}

/// What must be known of a post before a measure. `None` when there is no such row.
pub async fn measured(
    connection: &mut PgConnection,
    id: StatusId,
) -> Result<Option<MeasuredStatus>> {
    let row = sqlx::query!(
        r#"SELECT s.account_id,
                  s.local,
                  s.boost_of_id IS NOT NULL AS "is_boost!",
                  s.deleted_at IS NOT NULL AS "is_deleted!",
                  s.moderated_at IS NOT NULL AS "is_removed!",
                  EXISTS (SELECT 1 FROM tombstones t WHERE t.uri = s.uri AND t.expires_at IS NULL) AS "is_buried!"
             FROM statuses s
            WHERE s.id = $1
              FOR NO KEY UPDATE OF s"#,
        id.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| MeasuredStatus {
        author: AccountId::new(row.account_id),
        local: row.local,
        is_boost: row.is_boost,
        is_deleted: row.is_deleted,
        is_removed: row.is_removed,
        is_buried: row.is_buried,
    }))
}

/// Takes a post away, with the boosts of it. False when it was gone before.
pub async fn remove_status(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    id: StatusId,
    now: OffsetDateTime,
) -> Result<bool> {
    Ok(
        sqlx::query_file_scalar!("queries/moderation/remove_status.sql", id.get(), now)
            .fetch_one(connection)
            .await?,
    )
}

/// Brings a post back. False when its author has deleted it meanwhile.
pub async fn restore_status(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    id: StatusId,
) -> Result<bool> {
    Ok(
        sqlx::query_file_scalar!("queries/moderation/restore_status.sql", id.get())
            .fetch_one(connection)
            .await?,
    )
}

/// The author deletes a post that moderators have taken away: it does not come back.
pub async fn bury_if_removed(
    connection: &mut PgConnection,
    id: StatusId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO tombstones (uri, created_at)
              SELECT s.uri, $2 FROM statuses s WHERE s.id = $1 AND s.moderated_at IS NOT NULL
         ON CONFLICT (uri) DO UPDATE SET expires_at = NULL",
        id.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes the row of a post for good, also one that moderators have taken away: its account is deleted.
pub async fn erase(connection: &mut PgConnection, id: StatusId) -> Result<()> {
    sqlx::query!(
        "DELETE FROM statuses WHERE id = $1 AND deleted_at IS NOT NULL",
        id.get()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Posts that were taken away long ago go for good, a few hundred at a time; their ids stay buried. Answers how many went.
pub async fn expire_removed(
    connection: &mut PgConnection,
    older_than: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<u64> {
    let done = sqlx::query!(
        "WITH old AS (
             SELECT s.id, s.uri FROM statuses s WHERE s.moderated_at < $1 ORDER BY s.moderated_at LIMIT 500
         ), stones AS (
             INSERT INTO tombstones (uri, created_at)
                  SELECT o.uri, $2 FROM old o
             ON CONFLICT (uri) DO UPDATE SET expires_at = NULL
         )
         DELETE FROM statuses s USING old o WHERE s.id = o.id",
        older_than,
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

/// Hides the media of a post. What its author says stays beside it.
pub async fn mark_sensitive(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    id: StatusId,
) -> Result<()> {
    sqlx::query!(
        "UPDATE statuses
            SET sensitive_by_author = sensitive,
                sensitive = true
          WHERE id = $1 AND sensitive_by_author IS NULL",
        id.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What the author says counts again.
pub async fn unmark_sensitive(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    id: StatusId,
) -> Result<()> {
    sqlx::query!(
        "UPDATE statuses
            SET sensitive = sensitive_by_author,
                sensitive_by_author = NULL
          WHERE id = $1 AND sensitive_by_author IS NOT NULL",
        id.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}
