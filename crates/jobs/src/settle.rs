//! The ends of a try: done, to be repeated, dead, or handed back; and keeping a lease alive until then.
//!
//! Every statement names the lease beside the job: who has lost the lease changes nothing.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::JobId;

/// Which job, by which lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hold {
    pub(crate) id: JobId,
    pub(crate) lease: i64,
}

fn columns(holds: &[Hold]) -> (Vec<i64>, Vec<i64>) {
    holds.iter().map(|hold| (hold.id.0, hold.lease)).unzip()
}

/// Deletes finished jobs and notes the success of those that recur; gives how many were still there.
pub(crate) async fn succeed(
    connection: &mut PgConnection,
    holds: &[Hold],
    now: OffsetDateTime,
) -> Result<i64, sqlx::Error> {
    let (ids, leases) = columns(holds);
    sqlx::query_scalar(
        "WITH done AS (
             DELETE FROM jobs j
             USING unnest($1::bigint[], $2::bigint[]) AS h (id, lease_id)
             WHERE j.id = h.id AND j.lease_id = h.lease_id
             RETURNING j.kind, j.dedup_key
         ),
         noted AS (
             UPDATE job_recurring r
             SET last_success_at = $3
             FROM done
             WHERE r.kind = done.kind AND r.dedup_key = done.dedup_key
         )
         SELECT count(*) FROM done",
    )
    .bind(ids)
    .bind(leases)
    .bind(now)
    .fetch_one(connection)
    .await
}

/// What becomes of a job whose try failed.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) hold: Hold,
    pub(crate) error: String,
    pub(crate) next: Next,
}

/// When a failed job is tried again, if it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    At(OffsetDateTime),
    Dead(OffsetDateTime),
}

pub(crate) async fn fail(
    connection: &mut PgConnection,
    failed: &Failed,
) -> Result<(), sqlx::Error> {
    let (run_at, dead_at) = match failed.next {
        Next::At(run_at) => (Some(run_at), None),
        Next::Dead(dead_at) => (None, Some(dead_at)),
    };
    sqlx::query(
        "UPDATE jobs j
         SET lease_id = NULL,
             leased_until = NULL,
             last_error = $3,
             dead_at = $5,
             run_at = greatest(
                 coalesce($4, j.run_at),
                 (SELECT l.paused_until FROM job_lanes l WHERE l.lane = j.lane)
             )
         WHERE j.id = $1 AND j.lease_id = $2",
    )
    .bind(failed.hold.id.0)
    .bind(failed.hold.lease)
    .bind(storable(&failed.error))
    .bind(run_at)
    .bind(dead_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// An error as the database can store it: without NUL, which `text` refuses and peers can send, and not endless.
fn storable(error: &str) -> String {
    const LONGEST: usize = 2_000;
    error.chars().filter(|c| *c != '\0').take(LONGEST).collect()
}

/// Hands jobs back unharmed: they can be claimed at once, and this try does not count.
pub(crate) async fn release(
    connection: &mut PgConnection,
    holds: &[Hold],
) -> Result<(), sqlx::Error> {
    let (ids, leases) = columns(holds);
    sqlx::query(
        "UPDATE jobs j
         SET lease_id = NULL, leased_until = NULL, attempts = j.attempts - 1
         FROM unnest($1::bigint[], $2::bigint[]) AS h (id, lease_id)
         WHERE j.id = h.id AND j.lease_id = h.lease_id",
    )
    .bind(ids)
    .bind(leases)
    .execute(connection)
    .await?;
    Ok(())
}

/// Moves the end of leases; gives the ids of those that were still held.
pub(crate) async fn extend(
    connection: &mut PgConnection,
    holds: &[Hold],
    until: OffsetDateTime,
) -> Result<Vec<JobId>, sqlx::Error> {
    let (ids, leases) = columns(holds);
    let held: Vec<i64> = sqlx::query_scalar(
        "UPDATE jobs j
         SET leased_until = $3
         FROM unnest($1::bigint[], $2::bigint[]) AS h (id, lease_id)
         WHERE j.id = h.id AND j.lease_id = h.lease_id
         RETURNING j.id",
    )
    .bind(ids)
    .bind(leases)
    .bind(until)
    .fetch_all(connection)
    .await?;
    Ok(held.into_iter().map(JobId).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_with_a_nul_can_be_stored() {
        assert_eq!(
            storable("the peer said \0 and \u{1}"),
            "the peer said  and \u{1}"
        );
    }

    #[test]
    fn an_endless_error_ends() {
        assert_eq!(storable(&"é".repeat(10_000)).chars().count(), 2_000);
    }
}
