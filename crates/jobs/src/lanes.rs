//! Lanes from outside: holding one back, letting it go, giving it up.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Error;

/// How full a lane is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaneState {
    /// Jobs that wait, due or not.
    pub waiting: u64,
    /// Jobs that run now.
    pub running: u64,
    /// Until when nothing of it is handed out; may lie in the past.
    pub paused_until: Option<OffsetDateTime>,
}

/// Holds a lane back until a time: what waits in it, what fails meanwhile and what is enqueued meanwhile.
///
/// Jobs that run already go on. Pausing again replaces the end for what comes; what waits never
/// becomes due earlier by it ([`wake_lane`] does that).
pub async fn pause_lane(
    connection: &mut PgConnection,
    lane: &str,
    until: OffsetDateTime,
) -> Result<(), Error> {
    // Rows are moved, and not only marked, so that claiming need not read over a dead host's backlog.
    sqlx::query(
        "WITH noted AS (
             INSERT INTO job_lanes (lane, paused_until)
             VALUES ($1, $2)
             ON CONFLICT (lane) DO UPDATE SET paused_until = excluded.paused_until
         )
         UPDATE jobs
         SET run_at = $2
         WHERE coalesce(lane, '') = $1
           AND lease_id IS NULL
           AND dead_at IS NULL
           AND run_at < $2",
    )
    .bind(lane)
    .bind(until)
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends a lane's pause and makes everything waiting in it due at once, retries included; gives how much.
pub async fn wake_lane(connection: &mut PgConnection, lane: &str) -> Result<u64, Error> {
    sqlx::query("DELETE FROM job_lanes WHERE lane = $1")
        .bind(lane)
        .execute(&mut *connection)
        .await?;
    let woken = sqlx::query(
        "UPDATE jobs
         SET run_at = 'epoch'
         WHERE coalesce(lane, '') = $1
           AND lease_id IS NULL
           AND dead_at IS NULL
           AND run_at > 'epoch'",
    )
    .bind(lane)
    .execute(&mut *connection)
    .await?
    .rows_affected();
    if woken > 0 {
        notify(connection).await?;
    }
    Ok(woken)
}

/// Gives up everything waiting in a lane: it is dead, with `reason` as its last error; gives how much.
///
/// Jobs that run already go on.
pub async fn drop_lane(
    connection: &mut PgConnection,
    lane: &str,
    reason: &str,
    now: OffsetDateTime,
) -> Result<u64, Error> {
    sqlx::query("DELETE FROM job_lanes WHERE lane = $1")
        .bind(lane)
        .execute(&mut *connection)
        .await?;
    let dropped = sqlx::query(
        "UPDATE jobs
         SET dead_at = $2, last_error = $3
         WHERE coalesce(lane, '') = $1
           AND lease_id IS NULL
           AND dead_at IS NULL",
    )
    .bind(lane)
    .bind(now)
    .bind(reason)
    .execute(connection)
    .await?;
    Ok(dropped.rows_affected())
}

/// How full a lane is, and whether it is held back.
pub async fn lane_state(connection: &mut PgConnection, lane: &str) -> Result<LaneState, Error> {
    let (waiting, running, paused_until): (i64, i64, Option<OffsetDateTime>) = sqlx::query_as(
        "SELECT (SELECT count(*)
                 FROM jobs
                 WHERE coalesce(lane, '') = $1 AND lease_id IS NULL AND dead_at IS NULL),
                (SELECT count(*) FROM jobs WHERE lane = $1 AND lease_id IS NOT NULL),
                (SELECT paused_until FROM job_lanes WHERE lane = $1)",
    )
    .bind(lane)
    .fetch_one(connection)
    .await?;
    Ok(LaneState {
        waiting: waiting.unsigned_abs(),
        running: running.unsigned_abs(),
        paused_until,
    })
}

/// Wakes the workers when the transaction commits.
pub(crate) async fn notify(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT pg_notify('jobs', '')")
        .execute(connection)
        .await?;
    Ok(())
}
