//! Who blocks whom.

use model::AccountId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Writes a block. False when it held already.
pub async fn insert_block(
    connection: &mut PgConnection,
    blocker: AccountId,
    blocked: AccountId,
    uri: &str,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "INSERT INTO blocks (id, blocker_id, blocked_id, uri, created_at)
              VALUES (snowflake($4), $1, $2, $3, $4)
         ON CONFLICT ON CONSTRAINT blocks_pair_key DO NOTHING",
        blocker.get(),
        blocked.get(),
        uri,
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Ends a block. False when there was none.
pub async fn remove_block(
    connection: &mut PgConnection,
    blocker: AccountId,
    blocked: AccountId,
) -> Result<bool> {
    let done = sqlx::query!(
        "DELETE FROM blocks WHERE blocker_id = $1 AND blocked_id = $2",
        blocker.get(),
        blocked.get()
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Who blocks whom under this ActivityPub id.
pub async fn find_block_by_uri(
    connection: &mut PgConnection,
    uri: &str,
) -> Result<Option<(AccountId, AccountId)>> {
    let row = sqlx::query!(
        "SELECT blocker_id, blocked_id FROM blocks WHERE uri = $1",
        uri
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| {
        (
            AccountId::new(row.blocker_id),
            AccountId::new(row.blocked_id),
        )
    }))
}

/// Whether one of the two blocks the other.
pub async fn blocks_either_way(
    connection: &mut PgConnection,
    one: AccountId,
    other: AccountId,
) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM blocks
                WHERE (blocker_id = $1 AND blocked_id = $2) OR (blocker_id = $2 AND blocked_id = $1)
           ) AS "found!""#,
        one.get(),
        other.get(),
    )
    .fetch_one(connection)
    .await?;
    Ok(found)
}
