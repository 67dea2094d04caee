//! The same request to post, repeated, gives the same post (Idempotency-Key). Keys belong to a member:
//! nobody meets another's post by guessing a key (R20).

use model::{AccountId, StatusId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Lets one request with this key through at a time, until the end of its transaction.
pub async fn lock_key(connection: &mut PgConnection, member: AccountId, key: &str) -> Result<()> {
    sqlx::query!(
        "SELECT pg_advisory_xact_lock(hashtextextended($2, $1))",
        member.get(),
        key
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The post that this key has given since `since`.
pub async fn find_answer(
    connection: &mut PgConnection,
    member: AccountId,
    key: &str,
    since: OffsetDateTime,
) -> Result<Option<StatusId>> {
    let id = sqlx::query_scalar!(
        "SELECT status_id FROM idempotency_keys WHERE account_id = $1 AND key = $2 AND created_at > $3",
        member.get(),
        key,
        since,
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(StatusId::new))
}

/// Remembers the post that a key has given.
pub async fn remember_answer(
    connection: &mut PgConnection,
    member: AccountId,
    key: &str,
    answer: StatusId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO idempotency_keys (account_id, key, status_id, created_at)
              VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id, key) DO UPDATE
                 SET status_id = excluded.status_id, created_at = excluded.created_at",
        member.get(),
        key,
        answer.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}
