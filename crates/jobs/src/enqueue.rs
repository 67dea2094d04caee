//! Writing jobs into the caller's transaction.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{Error, Job, JobId};

/// The channel on which workers are woken. The payload is always empty: Postgres folds equal
/// notifications of one transaction into one, so however much a transaction enqueues, it notifies once (R14).
pub(crate) const CHANNEL: &str = "jobs";

/// "As soon as possible, whatever the clock says": before every time a clock can show.
const AT_ONCE: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

const INSERT: &str = "
    WITH added AS (
        INSERT INTO jobs (kind, payload, priority, lane, dedup_key, run_at, max_attempts)
        SELECT $1, n.payload::json, $2, n.lane, n.dedup_key, greatest($4, l.paused_until), $3
        FROM unnest($5::text[], $6::text[], $7::text[])
            WITH ORDINALITY AS n (payload, lane, dedup_key, place)
        -- What is enqueued for a paused lane waits with the rest of it.
        LEFT JOIN job_lanes l ON l.lane = n.lane
        ORDER BY n.place
        ON CONFLICT (kind, dedup_key) WHERE dedup_key IS NOT NULL AND dead_at IS NULL
            DO NOTHING
        RETURNING id
    )
    SELECT id, CASE WHEN $8 THEN pg_notify('jobs', '')::text END AS notified
    FROM added";

/// Enqueues a job, to run as soon as there is room once the caller's transaction has committed.
///
/// `None` means that an unfinished job with the same dedup key exists already.
pub async fn enqueue(
    connection: &mut PgConnection,
    job: &impl Job,
) -> Result<Option<JobId>, Error> {
    let added = insert(connection, std::slice::from_ref(job), AT_ONCE).await?;
    Ok(added.first().copied())
}

/// Enqueues a job that is not to run before `run_at`.
pub async fn enqueue_at(
    connection: &mut PgConnection,
    job: &impl Job,
    run_at: OffsetDateTime,
) -> Result<Option<JobId>, Error> {
    let added = insert(connection, std::slice::from_ref(job), run_at).await?;
    Ok(added.first().copied())
}

/// Enqueues many jobs of one kind with one statement, in their order.
///
/// Gives the ids of those that were added; those whose dedup key is taken are left out.
/// A transaction that enqueues the same keys waits for this one's end: where keys meet, let all transactions
/// take them in one order, or the database will end a deadlock for them.
pub async fn enqueue_many(
    connection: &mut PgConnection,
    jobs: &[impl Job],
) -> Result<Vec<JobId>, Error> {
    insert(connection, jobs, AT_ONCE).await
}

/// Enqueues many jobs of one kind that are not to run before `run_at`.
pub async fn enqueue_many_at(
    connection: &mut PgConnection,
    jobs: &[impl Job],
    run_at: OffsetDateTime,
) -> Result<Vec<JobId>, Error> {
    insert(connection, jobs, run_at).await
}

async fn insert<J: Job>(
    connection: &mut PgConnection,
    jobs: &[J],
    run_at: OffsetDateTime,
) -> Result<Vec<JobId>, Error> {
    if jobs.is_empty() {
        return Ok(Vec::new());
    }

    let payloads = jobs
        .iter()
        .map(serde_json::to_string)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|source| Error::Payload {
            kind: J::KIND,
            source,
        })?;
    let lanes: Vec<_> = jobs
        .iter()
        .map(|job| job.lane().filter(|lane| !lane.is_empty()))
        .collect();
    let dedup_keys: Vec<_> = jobs.iter().map(Job::dedup_key).collect();

    let added: Vec<(i64, Option<String>)> = sqlx::query_as(INSERT)
        .bind(J::KIND)
        .bind(J::PRIORITY.0)
        .bind(i32::from(J::MAX_ATTEMPTS))
        .bind(run_at)
        .bind(payloads)
        .bind(lanes)
        .bind(dedup_keys)
        // What is due later is found by polling; there is nobody to wake for it now.
        .bind(run_at == AT_ONCE)
        .fetch_all(connection)
        .await?;
    Ok(added.into_iter().map(|(id, _)| JobId(id)).collect())
}
