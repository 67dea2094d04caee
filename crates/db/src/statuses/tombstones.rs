//! Ids of things that are gone, so that nothing brings them back (S10).

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Remembers that an id is gone, until `until` or, without, for ever.
pub async fn bury(
    connection: &mut PgConnection,
    uri: &str,
    now: OffsetDateTime,
    until: Option<OffsetDateTime>,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO tombstones (uri, created_at, expires_at) VALUES ($1, $2, $3)
         ON CONFLICT (uri) DO UPDATE
                 SET expires_at = CASE WHEN tombstones.expires_at IS NULL THEN NULL ELSE excluded.expires_at END",
        uri,
        now,
        until,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether an id is gone.
pub async fn is_gone(
    connection: &mut PgConnection,
    uri: &str,
    now: OffsetDateTime,
) -> Result<bool> {
    let gone = sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM tombstones WHERE uri = $1 AND (expires_at IS NULL OR expires_at > $2)
           ) AS "gone!""#,
        uri,
        now,
    )
    .fetch_one(connection)
    .await?;
    Ok(gone)
}
