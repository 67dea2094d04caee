//! Jobs that come back: each due time is enqueued by one worker, however many there are, and the last
//! success is kept, so that silence can be noticed (R22).

use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;

use crate::schedule::Schedule;
use crate::{Error, JobId};

/// A recurring job as the database knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurring {
    /// As in `Job::KIND`.
    pub kind: String,
    /// The key that keeps it from being enqueued while it is unfinished.
    pub dedup_key: String,
    /// Its schedule, in words.
    pub schedule: String,
    /// When it is due next.
    pub next_at: OffsetDateTime,
    /// When it was last due.
    pub last_enqueued_at: Option<OffsetDateTime>,
    /// When it last succeeded; long ago, or never, is an alarm.
    pub last_success_at: Option<OffsetDateTime>,
}

type Row = (
    String,
    String,
    String,
    OffsetDateTime,
    Option<OffsetDateTime>,
    Option<OffsetDateTime>,
);

/// Lists every recurring job that any worker ever had, with its last success.
pub async fn recurring(connection: &mut PgConnection) -> Result<Vec<Recurring>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT kind, dedup_key, schedule, next_at, last_enqueued_at, last_success_at
         FROM job_recurring
         ORDER BY kind, dedup_key",
    )
    .fetch_all(connection)
    .await?;

    Ok(rows
        .into_iter()
        .map(
            |(kind, dedup_key, schedule, next_at, last_enqueued_at, last_success_at)| Recurring {
                kind,
                dedup_key,
                schedule,
                next_at,
                last_enqueued_at,
                last_success_at,
            },
        )
        .collect())
}

/// A recurring job as a worker was told of it, its payload already written.
#[derive(Debug, Clone)]
pub(crate) struct Recurrence {
    pub(crate) kind: &'static str,
    pub(crate) dedup_key: String,
    pub(crate) payload: String,
    pub(crate) priority: i16,
    pub(crate) lane: Option<String>,
    pub(crate) max_attempts: u16,
    pub(crate) schedule: Schedule,
}

/// Makes the job known, or its new schedule; keeps its times if it is known and unchanged.
pub(crate) async fn announce(
    connection: &mut PgConnection,
    recurrence: &Recurrence,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO job_recurring AS r (kind, dedup_key, schedule, next_at)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT (kind, dedup_key) DO UPDATE
         SET schedule = excluded.schedule, next_at = excluded.next_at
         WHERE r.schedule <> excluded.schedule",
    )
    .bind(recurrence.kind)
    .bind(&recurrence.dedup_key)
    .bind(recurrence.schedule.to_string())
    .bind(recurrence.schedule.first(now))
    .execute(connection)
    .await?;
    Ok(())
}

/// Enqueues what is due and not enqueued yet; gives the new jobs.
pub(crate) async fn enqueue_due(
    pool: &PgPool,
    recurrences: &[Recurrence],
    now: OffsetDateTime,
) -> Result<Vec<JobId>, sqlx::Error> {
    if recurrences.is_empty() {
        return Ok(Vec::new());
    }

    let due: Vec<(String, String)> =
        sqlx::query_as("SELECT kind, dedup_key FROM job_recurring WHERE next_at <= $1")
            .bind(now)
            .fetch_all(pool)
            .await?;
    let mut added = Vec::new();
    for recurrence in recurrences {
        let is_due = due
            .iter()
            .any(|(kind, key)| kind == recurrence.kind && *key == recurrence.dedup_key);
        if is_due {
            added.extend(enqueue_once(pool, recurrence, now).await?.map(JobId));
        }
    }
    Ok(added)
}

/// One statement: who moves `next_at` is the one who enqueues. The others wait for the row, see it moved, and add nothing.
async fn enqueue_once(
    pool: &PgPool,
    recurrence: &Recurrence,
    now: OffsetDateTime,
) -> Result<Option<i64>, sqlx::Error> {
    let added: Option<(i64, Option<String>)> = sqlx::query_as(
        "WITH turn AS (
             UPDATE job_recurring
             SET next_at = $8, last_enqueued_at = $7
             WHERE kind = $1 AND dedup_key = $2 AND next_at <= $7
             RETURNING kind, dedup_key
         ),
         added AS (
             INSERT INTO jobs (kind, dedup_key, payload, priority, lane, max_attempts)
             SELECT turn.kind, turn.dedup_key, $3::json, $4, $5, $6
             FROM turn
             ON CONFLICT (kind, dedup_key) WHERE dedup_key IS NOT NULL AND dead_at IS NULL
                 DO NOTHING
             RETURNING id
         )
         SELECT id, pg_notify('jobs', '')::text FROM added",
    )
    .bind(recurrence.kind)
    .bind(&recurrence.dedup_key)
    .bind(&recurrence.payload)
    .bind(recurrence.priority)
    .bind(&recurrence.lane)
    .bind(i32::from(recurrence.max_attempts))
    .bind(now)
    .bind(recurrence.schedule.next_after(now))
    .fetch_optional(pool)
    .await?;
    Ok(added.map(|(id, _)| id))
}
