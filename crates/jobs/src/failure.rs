//! How a handler says that it did not succeed: try again, or never again.

use std::time::Duration;

/// A failed try, with what the queue should do about it.
///
/// Errors turn into [`Failure::Retry`] with `?`; [`Failure::give_up`] is said on purpose.
#[derive(Debug)]
pub enum Failure {
    /// It may work later.
    Retry {
        /// How long to wait; `None` for the job's own backoff.
        after: Option<Duration>,
        /// Why it failed; kept with the job as its last error.
        error: anyhow::Error,
    },
    /// It will never work: the job is dead at once, however many tries are left.
    GiveUp {
        /// Why; kept with the dead job.
        error: anyhow::Error,
    },
}

impl Failure {
    /// To be tried again after the job's own backoff.
    pub fn retry(error: impl Into<anyhow::Error>) -> Self {
        Self::Retry {
            after: None,
            error: error.into(),
        }
    }

    /// To be tried again after a wait that the handler knows better, such as a peer's `Retry-After`.
    pub fn retry_after(after: Duration, error: impl Into<anyhow::Error>) -> Self {
        Self::Retry {
            after: Some(after),
            error: error.into(),
        }
    }

    /// Not to be tried again.
    pub fn give_up(error: impl Into<anyhow::Error>) -> Self {
        Self::GiveUp {
            error: error.into(),
        }
    }

    /// Why it failed.
    pub fn error(&self) -> &anyhow::Error {
        match self {
            Self::Retry { error, .. } | Self::GiveUp { error } => error,
        }
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::retry(error)
    }
}
