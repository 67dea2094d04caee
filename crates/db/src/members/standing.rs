//! Who may use the server, and who was seen.

use model::AccountId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Lets somebody in. False when there is no such member.
pub async fn approve(
    connection: &mut PgConnection,
    id: AccountId,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE members SET approved_at = coalesce(approved_at, $2) WHERE account_id = $1",
        id.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Notes that a member is here, at most once an hour. Answers when they were seen before, if this call wrote.
pub async fn seen(
    connection: &mut PgConnection,
    id: AccountId,
    now: OffsetDateTime,
) -> Result<Option<Option<OffsetDateTime>>> {
    let before = sqlx::query_scalar!(
        r#"WITH before AS (
               SELECT account_id, last_active_at
                 FROM members
                WHERE account_id = $1
                  AND (last_active_at IS NULL OR last_active_at < $2::timestamptz - interval '1 hour')
                  FOR UPDATE
           )
           UPDATE members m
              SET last_active_at = $2
             FROM before
            WHERE m.account_id = before.account_id
        RETURNING before.last_active_at AS "last_active_at?""#,
        id.get(),
        now,
    )
    .fetch_optional(connection)
    .await?;
    Ok(before)
}
