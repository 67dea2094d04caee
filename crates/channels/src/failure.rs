//! Why a message did not arrive, as far as the caller can do something about it.

use std::time::Duration;

/// Why a message did not arrive. The sentences are for the log and for the operator; none holds a token, an address
/// or anything the other side wrote but for a word that its documentation names.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Not now. A message whose answer was lost on the way may have arrived all the same.
    #[error("{why}")]
    Retry {
        /// How long the service asks to be left alone.
        after: Option<Duration>,
        /// What was wrong.
        why: String,
    },
    /// Not like this: somebody has to change the settings, or the message cannot be said here at all.
    #[error("{why}")]
    Refused {
        /// What was wrong.
        why: String,
    },
    /// The message to stand below or in the place of is not there any more, or stands where nobody is told now. Sent as [`crate::Place::New`] it may
    /// arrive.
    #[error("{why}")]
    Lost {
        /// What was wrong.
        why: String,
    },
}

impl Failure {
    pub(crate) fn retry(after: Option<Duration>, why: impl Into<String>) -> Self {
        Self::Retry {
            after,
            why: why.into(),
        }
    }

    pub(crate) fn refused(why: impl Into<String>) -> Self {
        Self::Refused { why: why.into() }
    }
}
