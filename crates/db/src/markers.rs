//! How far members have read.

use model::{
    AccountId,
    timeline::{MarkedTimeline, Marker},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{Error, Result};

/// A member's markers of these timelines; those never set are left out.
pub async fn of(
    connection: &mut PgConnection,
    member: AccountId,
    timelines: &[MarkedTimeline],
) -> Result<Vec<Marker>> {
    let words: Vec<String> = timelines
        .iter()
        .map(|timeline| timeline.as_str().to_owned())
        .collect();
    let rows = sqlx::query!(
        "SELECT timeline, last_read_id, version, updated_at
           FROM markers
          WHERE account_id = $1 AND timeline = ANY ($2)",
        member.get(),
        &words,
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let timeline =
                MarkedTimeline::from_word(&row.timeline).ok_or_else(|| Error::Inconsistency {
                    table: "markers",
                    column: "timeline",
                    key: member.to_string(),
                })?;
            Ok(Marker {
                timeline,
                last_read_id: row.last_read_id,
                version: row.version,
                updated_at: row.updated_at,
            })
        })
        .collect()
}

/// Moves a marker to where the app says.
pub async fn set(
    connection: &mut PgConnection,
    member: AccountId,
    timeline: MarkedTimeline,
    last_read_id: i64,
    now: OffsetDateTime,
) -> Result<Marker> {
    let row = sqlx::query!(
        "INSERT INTO markers (account_id, timeline, last_read_id, updated_at)
              VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id, timeline) DO UPDATE
                 SET last_read_id = excluded.last_read_id,
                     version = markers.version + 1,
                     updated_at = excluded.updated_at
           RETURNING last_read_id, version, updated_at",
        member.get(),
        timeline.as_str(),
        last_read_id,
        now,
    )
    .fetch_one(connection)
    .await?;
    Ok(Marker {
        timeline,
        last_read_id: row.last_read_id,
        version: row.version,
        updated_at: row.updated_at,
    })
}
