//! The worker: claims what is due, runs it, settles what ended, and stops in good order.

mod shift;

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use sqlx::PgPool;
use time::OffsetDateTime;
use tokio_util::sync::CancellationToken;

use crate::recurring::{self, Recurrence};
use crate::registry::Registry;
use crate::schedule::Schedule;
use crate::{Error, Failure, Job, Running};

/// Where a worker gets the time from.
pub type Clock = Arc<dyn Fn() -> OffsetDateTime + Send + Sync>;

/// Where a worker gets chance from: numbers in `0.0..1.0`, for backoffs.
pub type Randomness = Arc<dyn Fn() -> f64 + Send + Sync>;

/// How a worker works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// How many jobs one worker runs at the same time.
    pub concurrency: usize,
    /// How many jobs of one lane run at the same time, over all workers. The same for every worker.
    pub per_lane: usize,
    /// After how long of silence a worker's jobs go to others. Extended three times as often while it lives.
    pub lease: Duration,
    /// How often to look for work without being woken, and for recurring jobs.
    pub poll: Duration,
    /// How long running jobs may go on when the worker is asked to stop; then they are stopped and handed back.
    pub grace: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            concurrency: 16,
            per_lane: 2,
            lease: Duration::from_mins(1),
            poll: Duration::from_secs(1),
            grace: Duration::from_secs(20),
        }
    }
}

/// Runs jobs with a context of type `C`, which every handler is given.
pub struct Worker<C> {
    pub(crate) pool: PgPool,
    pub(crate) context: Arc<C>,
    pub(crate) registry: Registry<C>,
    pub(crate) recurrences: Vec<Recurrence>,
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    pub(crate) random: Randomness,
}

impl<C: Send + Sync + 'static> Worker<C> {
    /// A worker that knows no jobs yet. It uses two of the pool's connections, one of them always; a pool that
    /// handlers can use up keeps it from extending its leases.
    #[expect(
        clippy::disallowed_methods,
        reason = "this crate stands alone; `with_clock` takes another"
    )]
    pub fn new(pool: PgPool, context: Arc<C>) -> Self {
        Self {
            pool,
            context,
            registry: Registry::default(),
            recurrences: Vec::new(),
            settings: Settings::default(),
            clock: Arc::new(OffsetDateTime::now_utc),
            random: Arc::new(chance),
        }
    }

    /// Works as `settings` say.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Tells the time by `clock`.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Takes chance from `random`.
    #[must_use]
    pub fn with_randomness(mut self, random: Randomness) -> Self {
        self.random = random;
        self
    }

    /// Gives jobs of type `J` to `handler`. Kinds without a handler are left for other workers.
    ///
    /// # Panics
    /// If the kind has a handler already.
    #[must_use]
    pub fn register<J, H, F>(self, handler: H) -> Self
    where
        J: Job,
        H: Fn(Arc<C>, J) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        self.register_running(move |context, job: J, _| handler(context, job))
    }

    /// The same for handlers that want to know the try they are in, or to finish the job in their own
    /// transaction with [`complete_in`](crate::complete_in).
    ///
    /// # Panics
    /// If the kind has a handler already.
    #[must_use]
    pub fn register_running<J, H, F>(mut self, handler: H) -> Self
    where
        J: Job,
        H: Fn(Arc<C>, J, Running) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        self.registry.add(handler);
        self
    }

    /// Lets `job` come back by `schedule`, once for all workers that say so. It is left out while the one before is
    /// unfinished; it uses the job's dedup key, or `recurring` if it has none.
    ///
    /// # Panics
    /// If the job cannot be written as JSON.
    #[must_use]
    pub fn recurring<J: Job>(mut self, schedule: Schedule, job: &J) -> Self {
        self.recurrences.push(Recurrence {
            kind: J::KIND,
            dedup_key: job.dedup_key().unwrap_or_else(|| "recurring".to_owned()),
            payload: serde_json::to_string(job)
                .expect("a recurring job is made of plain values and can be written as JSON"),
            priority: J::PRIORITY.0,
            lane: job.lane().filter(|lane| !lane.is_empty()),
            max_attempts: J::MAX_ATTEMPTS,
            schedule,
        });
        self
    }

    /// Works until `stop` is cancelled; then lets running jobs finish for the grace period, hands back the rest, and returns.
    ///
    /// A database that cannot be reached is logged and waited for.
    pub async fn run(&self, stop: CancellationToken) {
        shift::Shift::begin(self).work(stop).await;
    }

    pub(crate) async fn announce_recurring(&self) -> Result<(), Error> {
        let mut connection = self.pool.acquire().await?;
        for recurrence in &self.recurrences {
            recurring::announce(&mut connection, recurrence, (self.clock)()).await?;
        }
        Ok(())
    }
}

/// Chance good enough to spread retries: the keys the standard library seeds its maps with.
fn chance() -> f64 {
    let bits = u32::try_from(RandomState::new().hash_one(()) >> 32)
        .expect("the upper half of 64 bits has 32");
    f64::from(bits) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_stays_below_one_and_varies() {
        let numbers: Vec<f64> = (0..100).map(|_| chance()).collect();

        assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)));
        assert!(
            numbers
                .windows(2)
                .any(|pair| (pair[0] - pair[1]).abs() > 0.1)
        );
    }
}
