//! Signed checkpoints.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// What the log was at one moment, signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointRow {
    /// How many entries it had.
    pub size: i64,
    /// The root of its tree.
    pub root: Vec<u8>,
    /// The signed note.
    pub note: String,
    /// When it was signed.
    pub at: OffsetDateTime,
}

/// The newest one.
pub async fn newest_checkpoint(connection: &mut PgConnection) -> Result<Option<CheckpointRow>> {
    let row = sqlx::query_as!(
        CheckpointRow,
        "SELECT size, root, note, at FROM log_checkpoints ORDER BY size DESC LIMIT 1"
    )
    .fetch_optional(connection)
    .await?;
    Ok(row)
}

/// Those of the named sizes.
pub async fn checkpoints(
    connection: &mut PgConnection,
    sizes: &[i64],
) -> Result<Vec<CheckpointRow>> {
    let rows = sqlx::query_as!(
        CheckpointRow,
        "SELECT size, root, note, at FROM log_checkpoints WHERE size = ANY ($1) ORDER BY size",
        sizes,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// Keeps one. Nothing happens when there is one of that size.
pub async fn insert_checkpoint(
    connection: &mut PgConnection,
    checkpoint: &CheckpointRow,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO log_checkpoints (size, root, note, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING",
        checkpoint.size,
        checkpoint.root,
        checkpoint.note,
        checkpoint.at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// When a checkpoint was last told to the channels.
pub async fn last_told(connection: &mut PgConnection) -> Result<Option<OffsetDateTime>> {
    let at = sqlx::query_scalar!("SELECT max(told_at) FROM log_checkpoints_told")
        .fetch_one(connection)
        .await?;
    Ok(at)
}

/// Notes that one was told.
pub async fn checkpoint_was_told(
    connection: &mut PgConnection,
    size: i64,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO log_checkpoints_told (size, told_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        size,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}
