//! What moderation has set, thing by thing.

use model::moderation::{Effect, Field, Target, Warrant};
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::rows::inconsistent;
use crate::Result;

/// What one field of one target is.
pub async fn state_of(
    connection: &mut PgConnection,
    target: &Target,
    field: Field,
) -> Result<Option<Value>> {
    let value = sqlx::query_scalar!(
        "SELECT value FROM moderation_state WHERE target_type = $1 AND target_key = $2 AND field = $3",
        target.type_word(),
        target.key(),
        field.as_str(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(value)
}

/// The entry of the log that set a field as it is.
pub async fn state_set_by(
    connection: &mut PgConnection,
    target: &Target,
    field: Field,
) -> Result<Option<i64>> {
    let seq = sqlx::query_scalar!(
        "SELECT log_seq FROM moderation_state WHERE target_type = $1 AND target_key = $2 AND field = $3",
        target.type_word(),
        target.key(),
        field.as_str(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(seq)
}

/// Everything that is set, for comparing it with the log.
pub async fn state(connection: &mut PgConnection) -> Result<Vec<(Target, Field, Value)>> {
    let rows = sqlx::query!(
        "SELECT target_type, target_key, field, value
           FROM moderation_state
          ORDER BY target_type, target_key, field"
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let wrong = |column| inconsistent("moderation_state", column, &row.target_key);
            let target = Target::from_words(&row.target_type, &row.target_key)
                .ok_or_else(|| wrong("target_type"))?;
            let field = Field::from_word(&row.field).ok_or_else(|| wrong("field"))?;
            Ok((target, field, row.value))
        })
        .collect()
}

/// Makes one change. The warrant is the leave to do so; see [`model::moderation::Warrant`].
pub async fn set_state(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    effect: &Effect,
    log_seq: i64,
    now: OffsetDateTime,
) -> Result<()> {
    let (target_type, key, field) = (
        effect.target.type_word(),
        effect.target.key(),
        effect.field.as_str(),
    );
    let done = match (&effect.from, &effect.to) {
        (None, None) => return Ok(()),
        (None, Some(to)) => {
            sqlx::query!(
            "INSERT INTO moderation_state (target_type, target_key, field, value, log_seq, since)
                      VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT DO NOTHING",
            target_type,
            key,
            field,
            to,
            log_seq,
            now,
        )
            .execute(connection)
            .await?
        }
        (Some(from), Some(to)) => {
            sqlx::query!(
                "UPDATE moderation_state
                    SET value = $5, log_seq = $6, since = $7
                  WHERE target_type = $1 AND target_key = $2 AND field = $3 AND value = $4",
                target_type,
                key,
                field,
                from,
                to,
                log_seq,
                now,
            )
            .execute(connection)
            .await?
        }
        (Some(from), None) => {
            sqlx::query!(
                "DELETE FROM moderation_state
                  WHERE target_type = $1 AND target_key = $2 AND field = $3 AND value = $4",
                target_type,
                key,
                field,
                from,
            )
            .execute(connection)
            .await?
        }
    };
    // Effects are found out under the lock that serialises decisions, so this is a bug of ours or somebody's hand.
    if done.rows_affected() == 1 {
        Ok(())
    } else {
        Err(inconsistent(
            "moderation_state",
            "value",
            effect.target.clone(),
        ))
    }
}
