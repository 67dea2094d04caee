//! Running the queue by hand: for tests that say themselves when jobs run, and for commands that must see the end.

use std::sync::Arc;

use time::OffsetDateTime;

use crate::claim::{Look, Wanted, claim, take_back_expired};
use crate::registry::{Ended, Surroundings};
use crate::settle::{self, Next};
use crate::worker::Clock;
use crate::{Error, Worker, recurring};

/// How many tries ended in which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Done.
    pub succeeded: usize,
    /// Failed, and to be tried again.
    pub retried: usize,
    /// Failed for the last time.
    pub died: usize,
}

impl Tally {
    /// How many tries there were.
    pub fn tries(self) -> usize {
        self.succeeded + self.retried + self.died
    }
}

impl<C: Send + Sync + 'static> Worker<C> {
    /// Runs everything that is due by the worker's clock, one job after the other, including what those jobs
    /// enqueue, until nothing is due. Retries wait for their time, and recurring jobs for [`Worker::enqueue_due_recurring`].
    pub async fn run_until_idle(&self) -> Result<Tally, Error> {
        self.run_by(&self.clock).await
    }

    /// The same as if it were `now`: with a late enough time, delays and retries are ignored.
    pub async fn run_until_idle_at(&self, now: OffsetDateTime) -> Result<Tally, Error> {
        let clock: Clock = Arc::new(move || now);
        self.run_by(&clock).await
    }

    /// Enqueues the recurring jobs that are due by the worker's clock; gives how many.
    pub async fn enqueue_due_recurring(&self) -> Result<usize, Error> {
        self.announce_recurring().await?;
        let added = recurring::enqueue_due(&self.pool, &self.recurrences, (self.clock)()).await?;
        Ok(added.len())
    }

    async fn run_by(&self, clock: &Clock) -> Result<Tally, Error> {
        let mut tally = Tally::default();
        loop {
            let mut connection = self.pool.acquire().await?;
            take_back_expired(&mut connection, clock()).await?;
            let wanted = Wanted {
                now: clock(),
                lease: self.settings.lease,
                kinds: self.registry.names(),
                count: 1,
                per_lane: self.settings.per_lane,
                look: Look::Behind,
            };
            let claimed = claim(&mut connection, &wanted).await?;
            // The handler may need the pool's only connection.
            drop(connection);
            let Some(claimed) = claimed.into_iter().next() else {
                return Ok(tally);
            };

            let around = Surroundings {
                context: Arc::clone(&self.context),
                clock: Arc::clone(clock),
                random: Arc::clone(&self.random),
            };
            let ended = self
                .registry
                .entry(&claimed.kind)
                .run(claimed, around)
                .await;

            let mut connection = self.pool.acquire().await?;
            match ended {
                Ended::Succeeded(hold) => {
                    settle::succeed(&mut connection, &[hold], clock()).await?;
                    tally.succeeded += 1;
                }
                Ended::Failed(failed) => {
                    settle::fail(&mut connection, &failed).await?;
                    match failed.next {
                        Next::At(_) => tally.retried += 1,
                        Next::Dead(_) => tally.died += 1,
                    }
                }
            }
        }
    }
}
