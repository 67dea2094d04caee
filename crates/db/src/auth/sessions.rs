//! Browsers that are signed in.

use model::{AccountId, SessionId, member::Session};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

struct SessionRow {
    id: i64,
    account_id: i64,
    user_agent: String,
    created_at: OffsetDateTime,
    seen_at: OffsetDateTime,
    stepped_up_at: Option<OffsetDateTime>,
}

impl From<SessionRow> for Session {
    fn from(row: SessionRow) -> Self {
        Self {
            id: SessionId::new(row.id),
            account_id: AccountId::new(row.account_id),
            created_at: row.created_at,
            seen_at: row.seen_at,
            stepped_up_at: row.stepped_up_at,
            user_agent: row.user_agent,
        }
    }
}

/// Writes a session down.
pub async fn insert_session(
    connection: &mut PgConnection,
    hash: &[u8],
    account: AccountId,
    user_agent: &str,
    now: OffsetDateTime,
) -> Result<Session> {
    let row = sqlx::query_as!(
        SessionRow,
        "INSERT INTO sessions (id, token_hash, account_id, user_agent, created_at, seen_at)
              VALUES (snowflake($4), $1, $2, $3, $4, $4)
           RETURNING id, account_id, user_agent, created_at, seen_at, stepped_up_at",
        hash,
        account.get(),
        user_agent,
        now,
    )
    .fetch_one(connection)
    .await?;
    Ok(row.into())
}

/// The session with this hash, unless it has not been seen since `seen_after`.
pub async fn find_session(
    connection: &mut PgConnection,
    hash: &[u8],
    seen_after: OffsetDateTime,
) -> Result<Option<Session>> {
    let row = sqlx::query_as!(
        SessionRow,
        "SELECT id, account_id, user_agent, created_at, seen_at, stepped_up_at
           FROM sessions
          WHERE token_hash = $1 AND seen_at > $2",
        hash,
        seen_after,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(Session::from))
}

/// Notes that a session was used, at most once an hour.
pub async fn session_seen(
    connection: &mut PgConnection,
    id: SessionId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE sessions SET seen_at = $2 WHERE id = $1 AND seen_at < $2::timestamptz - interval '1 hour'",
        id.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A member's sessions, newest first.
pub async fn list_sessions(
    connection: &mut PgConnection,
    account: AccountId,
) -> Result<Vec<Session>> {
    let rows = sqlx::query_as!(
        SessionRow,
        "SELECT id, account_id, user_agent, created_at, seen_at, stepped_up_at
           FROM sessions
          WHERE account_id = $1
          ORDER BY id DESC",
        account.get(),
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(Session::from).collect())
}

/// Keeps the newest sessions of a member only.
pub async fn trim_sessions(
    connection: &mut PgConnection,
    account: AccountId,
    keep: i64,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM sessions
          WHERE account_id = $1
            AND id NOT IN (SELECT id FROM sessions WHERE account_id = $1 ORDER BY seen_at DESC, id DESC LIMIT $2)",
        account.get(),
        keep,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends a session.
pub async fn end_session(connection: &mut PgConnection, id: SessionId) -> Result<()> {
    sqlx::query!("DELETE FROM sessions WHERE id = $1", id.get())
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends all sessions of a member.
pub async fn end_sessions_of(connection: &mut PgConnection, account: AccountId) -> Result<()> {
    sqlx::query!("DELETE FROM sessions WHERE account_id = $1", account.get())
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends a session of a member. False when the member has no such.
pub async fn end_session_of(
    connection: &mut PgConnection,
    account: AccountId,
    id: SessionId,
) -> Result<bool> {
    let done = sqlx::query!(
        "DELETE FROM sessions WHERE account_id = $1 AND id = $2",
        account.get(),
        id.get(),
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Ends all sessions of a member but one.
pub async fn end_other_sessions(
    connection: &mut PgConnection,
    account: AccountId,
    kept: SessionId,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM sessions WHERE account_id = $1 AND id <> $2",
        account.get(),
        kept.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that the member has just proved to sit there.
pub async fn session_stepped_up(
    connection: &mut PgConnection,
    id: SessionId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE sessions SET stepped_up_at = $2 WHERE id = $1",
        id.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}
