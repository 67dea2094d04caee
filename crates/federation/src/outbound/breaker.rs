//! The circuit breaker of a host: when one delivery after the other fails, its lane is held back for a while, so that
//! a dead host costs two probes per pause and not its whole queue (R08).

use std::time::Duration;

use crate::edge::{Edge, State};

/// Failures in a row after which a lane is held back.
const FAILURES: u32 = 10;
/// The first pause; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(15);
/// How often the pause doubles: 15 seconds to 32 minutes.
const MAX_DOUBLINGS: u32 = 7;

impl Edge {
    /// Notes a failure; how long to hold the lane back, if it is time for that.
    pub(super) fn failed(&self, lane: &str) -> Option<Duration> {
        let (failures, pauses) = self.failures.get(lane).unwrap_or_default();
        let next = failures + 1;
        if next < FAILURES {
            self.failures.insert(lane.to_owned(), (next, pauses));
            return None;
        }
        // The next failure after the pause trips it again.
        self.failures
            .insert(lane.to_owned(), (FAILURES - 1, pauses + 1));
        Some(FIRST_PAUSE * 2_u32.pow(pauses.min(MAX_DOUBLINGS)))
    }

    /// Notes a success: everything is well again. True when there were failures.
    pub(super) fn succeeded(&self, lane: &str) -> bool {
        self.failures.remove(lane).is_some()
    }
}

/// Holds a lane back.
pub(super) async fn pause(state: &State, lane: &str, pause: Duration) -> service::Result<()> {
    let mut connection = state.app.db.acquire().await?;
    jobs::pause_lane(&mut connection, lane, state.app.clock.now() + pause)
        .await
        .map_err(service::Error::internal)
}

/// Lets a lane go on that was held back.
pub(super) async fn wake(state: &State, lane: &str) -> service::Result<()> {
    let mut connection = state.app.db.acquire().await?;
    jobs::wake_lane(&mut connection, lane)
        .await
        .map_err(service::Error::internal)?;
    Ok(())
}
