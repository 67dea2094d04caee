//! The jobs that were given up: to be looked at, repeated, and cleared away in time.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::lanes::notify;
use crate::{Error, JobId};

/// A job that will not run again unless somebody says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadJob {
    /// Its row, for [`repeat`].
    pub id: JobId,
    /// Its kind, as in `Job::KIND`.
    pub kind: String,
    /// Its payload, as text of JSON. It may hold what peers sent: do not log it.
    pub payload: String,
    /// The lane it was in.
    pub lane: Option<String>,
    /// How often it was tried.
    pub attempts: u16,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// When it was enqueued.
    pub created_at: OffsetDateTime,
    /// When it was given up.
    pub dead_at: OffsetDateTime,
}

/// Which dead jobs to list: the newest first, those before an id.
#[derive(Debug, Clone, Copy)]
pub struct DeadPage {
    /// The last id of the page before; `None` for the first page.
    pub before: Option<JobId>,
    /// How many at most.
    pub limit: u16,
}

type Row = (
    i64,
    String,
    String,
    Option<String>,
    i32,
    Option<String>,
    OffsetDateTime,
    OffsetDateTime,
);

/// Lists dead jobs, newest first.
pub async fn dead(connection: &mut PgConnection, page: DeadPage) -> Result<Vec<DeadJob>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, kind, payload::text, lane, attempts, last_error, created_at, dead_at
         FROM jobs
         WHERE dead_at IS NOT NULL AND id < $1
         ORDER BY id DESC
         LIMIT $2",
    )
    .bind(page.before.map_or(i64::MAX, |id| id.0))
    .bind(i64::from(page.limit))
    .fetch_all(connection)
    .await?;

    Ok(rows
        .into_iter()
        .map(
            |(id, kind, payload, lane, attempts, last_error, created_at, dead_at)| DeadJob {
                id: JobId(id),
                kind,
                payload,
                lane,
                attempts: u16::try_from(attempts).unwrap_or(u16::MAX),
                last_error,
                created_at,
                dead_at,
            },
        )
        .collect())
}

/// What came of asking for a dead job to be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeated {
    /// It waits again, with all its tries.
    Queued,
    /// There is no such dead job.
    NotDead,
    /// An unfinished job with the same dedup key does its work already; the dead one stays.
    Duplicate,
}

/// Lets a dead job start afresh.
pub async fn repeat(connection: &mut PgConnection, id: JobId) -> Result<Repeated, Error> {
    let found: Option<bool> = sqlx::query_scalar(
        "SELECT EXISTS (
             SELECT FROM jobs live
             WHERE live.kind = j.kind AND live.dedup_key = j.dedup_key AND live.dead_at IS NULL
         )
         FROM jobs j
         WHERE j.id = $1 AND j.dead_at IS NOT NULL
         FOR UPDATE OF j",
    )
    .bind(id.0)
    .fetch_optional(&mut *connection)
    .await?;
    match found {
        None => return Ok(Repeated::NotDead),
        Some(true) => return Ok(Repeated::Duplicate),
        Some(false) => {}
    }

    sqlx::query("UPDATE jobs SET dead_at = NULL, attempts = 0, run_at = 'epoch' WHERE id = $1")
        .bind(id.0)
        .execute(&mut *connection)
        .await?;
    notify(connection).await?;
    Ok(Repeated::Queued)
}

/// Deletes jobs that were given up before a time; gives how many.
pub async fn purge_dead(
    connection: &mut PgConnection,
    given_up_before: OffsetDateTime,
) -> Result<u64, Error> {
    let purged = sqlx::query("DELETE FROM jobs WHERE dead_at IS NOT NULL AND dead_at < $1")
        .bind(given_up_before)
        .execute(connection)
        .await?;
    Ok(purged.rows_affected())
}
