//! Handing out work: the one statement on which everything waits.

use std::time::Duration;

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::JobId;
use crate::settle::Hold;

/// A job as it was handed out.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct Claimed {
    id: i64,
    lease_id: i64,
    pub(crate) kind: String,
    pub(crate) payload: String,
    pub(crate) lane: Option<String>,
    attempts: i32,
    max_attempts: i32,
}

impl Claimed {
    pub(crate) fn hold(&self) -> Hold {
        Hold {
            id: JobId(self.id),
            lease: self.lease_id,
        }
    }

    pub(crate) fn attempt(&self) -> u16 {
        u16::try_from(self.attempts).unwrap_or(u16::MAX)
    }

    pub(crate) fn max_attempts(&self) -> u16 {
        u16::try_from(self.max_attempts).unwrap_or(u16::MAX)
    }
}

/// What to claim, and for how long.
#[derive(Debug)]
pub(crate) struct Wanted<'a> {
    pub(crate) now: OffsetDateTime,
    pub(crate) lease: Duration,
    pub(crate) kinds: &'a [String],
    pub(crate) count: usize,
    pub(crate) per_lane: usize,
    pub(crate) look: Look,
}

/// How hard to look for work when the front of the queue belongs to full lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// Only at the front.
    Ahead,
    /// Behind the wall too, from lane to lane.
    Behind,
}

/// Claims up to `count` due jobs, most urgent first. The rules are in `jobs_claim` in `schema.sql`.
pub(crate) async fn claim(
    connection: &mut PgConnection,
    wanted: &Wanted<'_>,
) -> Result<Vec<Claimed>, sqlx::Error> {
    sqlx::query_as(
        "SELECT id, lease_id, kind, payload::text AS payload, lane, attempts, max_attempts
         FROM jobs_claim($1, $2, $3, $4, $5, $6)",
    )
    .bind(wanted.now)
    .bind(wanted.now + wanted.lease)
    .bind(wanted.kinds)
    .bind(i32::try_from(wanted.count).unwrap_or(i32::MAX))
    .bind(i32::try_from(wanted.per_lane).unwrap_or(i32::MAX))
    .bind(wanted.look == Look::Behind)
    .fetch_all(connection)
    .await
}

/// Takes jobs back from workers that fell silent; gives how many. Those whose last try this was are dead.
pub(crate) async fn take_back_expired(
    connection: &mut PgConnection,
    now: OffsetDateTime,
) -> Result<u64, sqlx::Error> {
    let taken = sqlx::query(
        "WITH expired AS (
             SELECT j.id
             FROM jobs j
             WHERE j.lease_id IS NOT NULL AND j.leased_until <= $1
             FOR UPDATE SKIP LOCKED
         )
         UPDATE jobs j
         SET lease_id = NULL,
             leased_until = NULL,
             last_error = 'the worker fell silent during this attempt',
             dead_at = CASE WHEN j.attempts >= j.max_attempts THEN $1 END
         FROM expired
         WHERE j.id = expired.id",
    )
    .bind(now)
    .execute(connection)
    .await?;
    Ok(taken.rows_affected())
}
