//! How the queue is doing, for metrics and for the operator.

use std::time::Duration;

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Error;

/// The whole queue at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Due, and waiting for a worker.
    pub ready: u64,
    /// Not yet due: retries, paused lanes, jobs for later.
    pub scheduled: u64,
    /// In the hands of a worker.
    pub running: u64,
    /// Given up.
    pub dead: u64,
    /// How long the oldest ready job has been due (R03 calls this lag).
    pub oldest_ready: Option<Duration>,
    /// The same by kind, in alphabetical order.
    pub kinds: Vec<KindStats>,
}

/// One kind's share of [`Stats`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindStats {
    /// As in `Job::KIND`.
    pub kind: String,
    /// Due, and waiting for a worker.
    pub ready: u64,
    /// Not yet due.
    pub scheduled: u64,
    /// In the hands of a worker.
    pub running: u64,
    /// Given up.
    pub dead: u64,
    /// How long the oldest ready job has been due.
    pub oldest_ready: Option<Duration>,
}

/// Counts the queue. Reads all of it: for every ten seconds, not for every request.
pub async fn stats(connection: &mut PgConnection, now: OffsetDateTime) -> Result<Stats, Error> {
    let rows: Vec<(String, i64, i64, i64, i64, Option<OffsetDateTime>)> = sqlx::query_as(
        "SELECT kind,
                count(*) FILTER (WHERE dead_at IS NULL AND lease_id IS NULL AND run_at <= $1),
                count(*) FILTER (WHERE dead_at IS NULL AND lease_id IS NULL AND run_at > $1),
                count(*) FILTER (WHERE lease_id IS NOT NULL),
                count(*) FILTER (WHERE dead_at IS NOT NULL),
                min(greatest(created_at, run_at))
                    FILTER (WHERE dead_at IS NULL AND lease_id IS NULL AND run_at <= $1)
         FROM jobs
         GROUP BY kind
         ORDER BY kind",
    )
    .bind(now)
    .fetch_all(connection)
    .await?;

    let kinds: Vec<_> = rows
        .into_iter()
        .map(
            |(kind, ready, scheduled, running, dead, due_since)| KindStats {
                kind,
                ready: ready.unsigned_abs(),
                scheduled: scheduled.unsigned_abs(),
                running: running.unsigned_abs(),
                dead: dead.unsigned_abs(),
                oldest_ready: due_since.map(|since| (now - since).try_into().unwrap_or_default()),
            },
        )
        .collect();
    Ok(Stats {
        ready: kinds.iter().map(|kind| kind.ready).sum(),
        scheduled: kinds.iter().map(|kind| kind.scheduled).sum(),
        running: kinds.iter().map(|kind| kind.running).sum(),
        dead: kinds.iter().map(|kind| kind.dead).sum(),
        oldest_ready: kinds.iter().filter_map(|kind| kind.oldest_ready).max(),
        kinds,
    })
}
