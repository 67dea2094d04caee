//! Writing entries, one at a time.

use sqlx::PgConnection;

use super::{EntryRow, Marks, PrivateRow};
use crate::Result;

/// The end of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of the newest entry; 0 when there is none.
    pub seq: i64,
    /// Its leaf.
    pub leaf: Vec<u8>,
    /// Roots of the perfect trees that the entries make up, largest first.
    pub frontier: Vec<Vec<u8>>,
}

/// The end of the log, which nobody else moves until the transaction ends.
pub async fn lock_head(connection: &mut PgConnection) -> Result<Head> {
    let head = sqlx::query_as!(Head, "SELECT seq, leaf, frontier FROM log_head FOR UPDATE")
        .fetch_one(connection)
        .await?;
    Ok(head)
}

/// Appends an entry with its private part and moves the end of the log to it.
pub async fn insert_entry(
    connection: &mut PgConnection,
    entry: &EntryRow,
    marks: &Marks,
    private: &PrivateRow,
    frontier: &[Vec<u8>],
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO log_entries (seq, id, at, type, public, field_salts, field_commitments, private_commitment, prev, leaf,
                                  domain, target_pseudonym)
              VALUES ($1, snowflake($2), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        entry.seq,
        private.at,
        entry.at,
        entry.kind,
        entry.public,
        entry.field_salts,
        entry.field_commitments,
        entry.private_commitment,
        entry.prev,
        entry.leaf,
        marks.domain,
        marks.pseudonym,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "INSERT INTO log_private (seq, salt, private, salts, commitments, at)
              VALUES ($1, $2, $3, $4, $5, $6)",
        private.seq,
        private.salt,
        private.private,
        private.salts,
        private.commitments,
        private.at,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "UPDATE log_head SET seq = $1, leaf = $2, frontier = $3",
        entry.seq,
        entry.leaf,
        frontier,
    )
    .execute(connection)
    .await?;
    Ok(())
}
