//! What became of an activity.

use std::time::Duration;

/// The end of processing, as a value: for the queue, the log, the counters and the tests. The codes are short words
/// that operators can count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It had its effect, now or when it came before.
    Done,
    /// Valid, but without effect here.
    Ignored(&'static str),
    /// An attack or a mistake: nothing was stored or changed.
    Refused(&'static str),
    /// Something needed is away for the moment.
    RetryAfter(Option<Duration>),
}

impl Outcome {
    /// Reads what went wrong on the way to something that had to be fetched.
    pub(super) fn of_fetch(code: &'static str, is_passing: bool) -> Self {
        if is_passing {
            Self::RetryAfter(None)
        } else {
            Self::Refused(code)
        }
    }
}
