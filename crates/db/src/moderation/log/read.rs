//! Reading the log.

use sqlx::PgConnection;

use super::{EntryRow, PrivateRow};
use crate::Result;

/// Which entries are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this type.
    pub kind: Option<String>,
    /// Of this action (`account.suspend`).
    pub action: Option<String>,
    /// Of this category.
    pub category: Option<String>,
    /// About this server, as published.
    pub domain: Option<String>,
    /// About this account, as published.
    pub pseudonym: Option<String>,
    /// Class C entries too, which say nothing.
    pub internal: bool,
}

/// One entry.
pub async fn entry(connection: &mut PgConnection, seq: i64) -> Result<Option<EntryRow>> {
    let row = sqlx::query_as!(
        EntryRow,
        "SELECT seq, at, type AS kind, public, field_salts, field_commitments, private_commitment, prev, leaf
           FROM log_entries
          WHERE seq = $1",
        seq,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row)
}

/// Entries after a number, in order, with nothing left out: for whoever checks them.
pub async fn after(connection: &mut PgConnection, seq: i64, limit: i64) -> Result<Vec<EntryRow>> {
    let rows = sqlx::query_as!(
        EntryRow,
        "SELECT seq, at, type AS kind, public, field_salts, field_commitments, private_commitment, prev, leaf
           FROM log_entries
          WHERE seq > $1
          ORDER BY seq
          LIMIT $2",
        seq,
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// Filtered entries after a number, in order.
pub async fn find(
    connection: &mut PgConnection,
    filter: &Filter,
    after: i64,
    limit: i64,
) -> Result<Vec<EntryRow>> {
    let rows = sqlx::query_as!(
        EntryRow,
        "SELECT seq, at, type AS kind, public, field_salts, field_commitments, private_commitment, prev, leaf
           FROM log_entries
          WHERE seq > $1
            AND ($2::text IS NULL OR type = $2)
            AND ($3::text IS NULL OR public ->> 'action' = $3)
            AND ($4::text IS NULL OR public ->> 'category' = $4)
            AND ($5::text IS NULL OR domain = $5)
            AND ($6::text IS NULL OR target_pseudonym = $6)
            AND ($7 OR type <> 'internal')
          ORDER BY seq
          LIMIT $8",
        after,
        filter.kind,
        filter.action,
        filter.category,
        filter.domain,
        filter.pseudonym,
        filter.internal,
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// Filtered entries before a number, newest first: for pages and feeds.
pub async fn newest(
    connection: &mut PgConnection,
    filter: &Filter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<EntryRow>> {
    let rows = sqlx::query_as!(
        EntryRow,
        "SELECT seq, at, type AS kind, public, field_salts, field_commitments, private_commitment, prev, leaf
           FROM log_entries
          WHERE ($1::bigint IS NULL OR seq < $1)
            AND ($2::text IS NULL OR type = $2)
            AND ($3::text IS NULL OR public ->> 'action' = $3)
            AND ($4::text IS NULL OR public ->> 'category' = $4)
            AND ($5::text IS NULL OR domain = $5)
            AND ($6::text IS NULL OR target_pseudonym = $6)
            AND ($7 OR type <> 'internal')
          ORDER BY seq DESC
          LIMIT $8",
        before,
        filter.kind,
        filter.action,
        filter.category,
        filter.domain,
        filter.pseudonym,
        filter.internal,
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// How many entries there are, those included that say nothing.
pub async fn count(connection: &mut PgConnection) -> Result<i64> {
    let count = sqlx::query_scalar!("SELECT seq FROM log_head")
        .fetch_one(connection)
        .await?;
    Ok(count)
}

/// The types and actions that occur, for choosing among them.
pub async fn facets(connection: &mut PgConnection) -> Result<Vec<(String, Option<String>)>> {
    let rows = sqlx::query!(
        "SELECT DISTINCT type AS kind, public ->> 'action' AS action
           FROM log_entries
          WHERE type <> 'internal'
          ORDER BY 1, 2"
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.action)).collect())
}

/// The leaves of entries after `from`, up to and including `to`.
pub async fn leaves(connection: &mut PgConnection, from: i64, to: i64) -> Result<Vec<Vec<u8>>> {
    let leaves = sqlx::query_scalar!(
        "SELECT leaf FROM log_entries WHERE seq > $1 AND seq <= $2 ORDER BY seq",
        from,
        to,
    )
    .fetch_all(connection)
    .await?;
    Ok(leaves)
}

/// The private part of an entry.
pub async fn private_part(connection: &mut PgConnection, seq: i64) -> Result<Option<PrivateRow>> {
    Ok(private_parts(connection, seq - 1, 1)
        .await?
        .into_iter()
        .find(|row| row.seq == seq))
}

/// Private parts of entries after a number, in order.
pub async fn private_parts(
    connection: &mut PgConnection,
    after: i64,
    limit: i64,
) -> Result<Vec<PrivateRow>> {
    let rows = sqlx::query_as!(
        PrivateRow,
        "SELECT seq, salt, private, salts, commitments, at
           FROM log_private
          WHERE seq > $1
          ORDER BY seq
          LIMIT $2",
        after,
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows)
}
