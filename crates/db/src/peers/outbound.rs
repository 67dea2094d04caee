//! Documents on their way out.

use model::AccountId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// A document on its way out: made and digested once, however many inboxes it goes to.
#[derive(Clone, Debug)]
pub struct OutboundRow {
    /// Its number.
    pub id: i64,
    /// Who signs it.
    pub sender: AccountId,
    /// The JSON, byte for byte as it is signed and sent.
    pub body: String,
    /// The value of the Digest header.
    pub digest: String,
}

/// Stores a document and answers its number.
pub async fn insert_outbound(
    connection: &mut PgConnection,
    sender: AccountId,
    body: &str,
    digest: &str,
    now: OffsetDateTime,
) -> Result<i64> {
    let id = sqlx::query_scalar!(
        "INSERT INTO outbound_activities (id, sender_id, body, digest, created_at)
              VALUES (snowflake($4), $1, $2, $3, $4)
           RETURNING id",
        sender.get(),
        body,
        digest,
        now,
    )
    .fetch_one(connection)
    .await?;
    Ok(id)
}

/// A document by its number; `None` once it has expired.
pub async fn find_outbound(connection: &mut PgConnection, id: i64) -> Result<Option<OutboundRow>> {
    let row = sqlx::query_as!(
        OutboundRow,
        "SELECT id, sender_id AS sender, body, digest FROM outbound_activities WHERE id = $1",
        id,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row)
}

/// Removes documents older than a time, a few hundred per call. Answers how many went.
pub async fn expire_outbound(
    connection: &mut PgConnection,
    older_than: OffsetDateTime,
) -> Result<u64> {
    let done = sqlx::query!(
        "DELETE FROM outbound_activities
          WHERE id IN (SELECT id FROM outbound_activities WHERE created_at < $1 LIMIT 500)",
        older_than,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}
