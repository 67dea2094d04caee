//! Taking values back. The trigger on the tables allows nothing else, and this only while it is told so.

use model::moderation::Warrant;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Deletes values and salts of an entry's public fields. Their commitments stay, so that no hash changes. The marks that
/// were made from a field go with it.
pub async fn withhold(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    seq: i64,
    fields: &[String],
) -> Result<()> {
    redacting(connection, "on").await?;
    sqlx::query!(
        "UPDATE log_entries
            SET public = public - $2::text[],
                field_salts = field_salts - $2::text[],
                domain = CASE WHEN $2::text[] && '{target,domain_effects}' THEN NULL ELSE domain END,
                target_pseudonym = CASE WHEN 'target' = ANY ($2::text[]) THEN NULL ELSE target_pseudonym END
          WHERE seq = $1",
        seq,
        fields,
    )
    .execute(&mut *connection)
    .await?;
    redacting(connection, "off").await
}

/// Deletes the evidence of entries made before a time, some at a time. Answers how many entries.
pub async fn expire_evidence(
    connection: &mut PgConnection,
    made_before: OffsetDateTime,
) -> Result<u64> {
    redacting(connection, "on").await?;
    let done = sqlx::query!(
        "WITH due AS (
             SELECT seq FROM log_private WHERE at < $1 AND salts <> '{}' ORDER BY at LIMIT 500)
         UPDATE log_private p
            SET private = p.private - ARRAY(SELECT jsonb_object_keys(p.commitments)),
                salts = '{}'
           FROM due
          WHERE p.seq = due.seq",
        made_before,
    )
    .execute(&mut *connection)
    .await?;
    redacting(connection, "off").await?;
    Ok(done.rows_affected())
}

/// Until the transaction ends.
async fn redacting(connection: &mut PgConnection, whether: &str) -> Result<()> {
    sqlx::query!("SELECT set_config('moot.redacting', $1, true)", whether)
        .fetch_one(connection)
        .await?;
    Ok(())
}
