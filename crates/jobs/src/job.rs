//! What a job is: a payload that knows its kind, its urgency and its lane.

use std::fmt;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The number of a job's row; grows with time, never used twice.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct JobId(pub i64);

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Who goes first: smaller numbers are handed out before larger ones, strictly.
///
/// A flood of urgent work therefore holds back everything else; keep [`Priority::URGENT`] for what
/// people wait for and what is bounded by people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Priority(pub i16);

impl Priority {
    /// Somebody is waiting for it.
    pub const URGENT: Self = Self(-100);
    /// Everyday work.
    pub const NORMAL: Self = Self(0);
    /// Work that may wait for a quiet minute.
    pub const LOW: Self = Self(100);
    /// Clean-ups and backfills: only when there is nothing else.
    pub const BACKGROUND: Self = Self(200);
}

/// A piece of work that is stored as JSON and handed to a handler later, at least once.
///
/// Keep payloads small (ids, not the things themselves) and handlers safe to run twice.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The name under which workers know it; it is stored, so renaming it orphans waiting jobs.
    const KIND: &'static str;

    /// Who goes first.
    const PRIORITY: Priority = Priority::NORMAL;

    /// How often it is tried before it is dead. A crash of the process counts as a try.
    const MAX_ATTEMPTS: u16 = 16;

    /// How long one try may take before it is stopped and counts as failed.
    const TIME_LIMIT: Duration = Duration::from_mins(10);

    /// The lane it belongs to: a name of which only a few jobs run at a time. An empty name is none.
    fn lane(&self) -> Option<String> {
        None
    }

    /// A key that only one unfinished job of this kind may have; enqueueing a second does nothing, also while the
    /// first is running.
    fn dedup_key(&self) -> Option<String> {
        None
    }

    /// How long to wait after the `attempt`th try (from 1) failed; `random` is in `0.0..1.0`.
    fn backoff(attempt: u16, random: f64) -> Duration {
        growing_backoff(attempt, random)
    }
}

/// The default wait after a failed try: n⁴ + 15 seconds, and up to half as much again by chance, so that
/// what failed together does not return together.
///
/// Sixteen tries take between two and three days. No single wait is longer than [`LONGEST_BACKOFF`].
pub fn growing_backoff(attempt: u16, random: f64) -> Duration {
    let seconds = f64::from(attempt).powi(4) + 15.0;
    let longest = LONGEST_BACKOFF.as_secs_f64();
    Duration::from_secs_f64((seconds * (1.0 + 0.5 * random.clamp(0.0, 1.0))).min(longest))
}

/// No failed job waits longer than this, whatever its backoff or a peer's `Retry-After` says.
pub const LONGEST_BACKOFF: Duration = Duration::from_hours(7 * 24);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_first_wait_is_sixteen_seconds_without_luck() {
        assert_eq!(growing_backoff(1, 0.0), Duration::from_secs(16));
    }

    proptest! {
        #[test]
        fn waits_stay_within_half_as_much_again(attempt in 1_u16..25, random in 0.0..1.0) {
            let least = growing_backoff(attempt, 0.0);

            let wait = growing_backoff(attempt, random);

            prop_assert!(wait >= least && wait <= least.mul_f64(1.5));
        }

        #[test]
        fn nonsense_instead_of_chance_does_no_harm(attempt in 0_u16.., random in any::<f64>()) {
            prop_assume!(!random.is_nan());

            prop_assert!(growing_backoff(attempt, random) >= Duration::from_secs(15));
        }
    }
}
