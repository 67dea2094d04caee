//! A job in the hands of a handler, and finishing it inside the handler's own transaction.

use std::fmt;

use sqlx::PgConnection;

use crate::worker::Clock;
use crate::{JobId, settle};

/// The handler's hold on the job it is working on.
#[derive(Clone)]
pub struct Running {
    /// The job's row.
    pub id: JobId,
    /// Its kind, as in `Job::KIND`.
    pub kind: &'static str,
    /// Which try this is, from 1.
    pub attempt: u16,
    /// How many tries it has in all.
    pub max_attempts: u16,
    pub(crate) lease: i64,
    pub(crate) clock: Clock,
}

impl Running {
    /// Whether a failure of this try would be the job's end.
    pub fn is_last_attempt(&self) -> bool {
        self.attempt >= self.max_attempts
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
}

/// Why a job could not be finished in the handler's transaction. In both cases: roll it back.
#[derive(Debug, thiserror::Error)]
pub enum CompleteError {
    /// The lease ran out and somebody else has the job, or it was completed before.
    #[error("job {0} is no longer this worker's")]
    LeaseLost(JobId),
    /// The database refused or could not be reached.
    #[error("the job could not be finished")]
    Database(#[from] sqlx::Error),
}

/// Deletes the job in the transaction that holds its effects: both happen, or neither, and never twice (R01).
///
/// The worker notices that the job is gone and does nothing more.
pub async fn complete_in(
    connection: &mut PgConnection,
    running: &Running,
) -> Result<(), CompleteError> {
    let hold = settle::Hold {
        id: running.id,
        lease: running.lease,
    };
    let gone = settle::succeed(connection, &[hold], (running.clock)()).await?;
    if gone == 0 {
        return Err(CompleteError::LeaseLost(running.id));
    }
    Ok(())
}
