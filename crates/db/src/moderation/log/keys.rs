//! Keys that sign the log's checkpoints, sealed.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// A signing key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// Its id.
    pub id: i64,
    /// Its public half, as a note's verifier key.
    pub verifier: String,
    /// Its seed, sealed with the master key.
    pub sealed: Vec<u8>,
    /// The entry that named it; 0 for the first.
    pub from_seq: i64,
    /// The entry that named its successor.
    pub until_seq: Option<i64>,
}

/// Every key the log ever had, oldest first.
pub async fn keys(connection: &mut PgConnection) -> Result<Vec<KeyRow>> {
    let rows = sqlx::query_as!(
        KeyRow,
        "SELECT id, verifier, sealed, from_seq, until_seq FROM log_keys ORDER BY from_seq, id"
    )
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// Adds a key; its row's id is part of what it is sealed with, so it comes from the caller.
pub async fn insert_key(
    connection: &mut PgConnection,
    key: &KeyRow,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO log_keys (id, verifier, sealed, from_seq, until_seq, created_at)
              VALUES ($1, $2, $3, $4, $5, $6)",
        key.id,
        key.verifier,
        key.sealed,
        key.from_seq,
        key.until_seq,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes which entry named a key's successor.
pub async fn end_key(connection: &mut PgConnection, id: i64, until_seq: i64) -> Result<()> {
    sqlx::query!(
        "UPDATE log_keys SET until_seq = $2 WHERE id = $1 AND until_seq IS NULL",
        id,
        until_seq,
    )
    .execute(connection)
    .await?;
    Ok(())
}
