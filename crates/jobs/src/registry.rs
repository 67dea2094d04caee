//! Which handler does which kind of job, and running one so that nothing it does can hurt the worker.

use std::any::Any;
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tracing::{Instrument, Span, debug, error, field, info_span, warn};

use crate::claim::Claimed;
use crate::settle::{Failed, Hold, Next};
use crate::worker::{Clock, Randomness};
use crate::{Failure, Job, LONGEST_BACKOFF, Running};

type Handler<C> =
    Arc<dyn Fn(Arc<C>, String, Running) -> BoxFuture<'static, Result<(), Failure>> + Send + Sync>;

/// One kind of job, its type forgotten.
pub(crate) struct Entry<C> {
    kind: &'static str,
    handler: Handler<C>,
    backoff: fn(u16, f64) -> Duration,
    time_limit: Duration,
}

impl<C> Clone for Entry<C> {
    fn clone(&self) -> Self {
        Self {
            handler: Arc::clone(&self.handler),
            ..*self
        }
    }
}

/// The kinds a worker knows.
pub(crate) struct Registry<C> {
    entries: HashMap<&'static str, Entry<C>>,
    names: Vec<String>,
}

impl<C> Default for Registry<C> {
    fn default() -> Self {
        Self {
            entries: HashMap::new(),
            names: Vec::new(),
        }
    }
}

impl<C: Send + Sync + 'static> Registry<C> {
    pub(crate) fn add<J, H, F>(&mut self, handler: H)
    where
        J: Job,
        H: Fn(Arc<C>, J, Running) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        let handler = Arc::new(handler);
        let entry = Entry {
            kind: J::KIND,
            handler: Arc::new(move |context, payload: String, running| {
                let handler = Arc::clone(&handler);
                // All of it inside the future, so that a panic while reading the payload is caught too.
                Box::pin(async move {
                    // Not given up at once: during an upgrade, a newer worker may understand it.
                    let job: J = serde_json::from_str(&payload)?;
                    handler(context, job, running).await
                })
            }),
            backoff: J::backoff,
            time_limit: J::TIME_LIMIT,
        };
        let earlier = self.entries.insert(J::KIND, entry);
        assert!(
            earlier.is_none(),
            "the job kind {} is registered twice",
            J::KIND
        );
        self.names.push(J::KIND.to_owned());
    }

    /// The names of all kinds, for claiming.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// The entry for a claimed job.
    pub(crate) fn entry(&self, kind: &str) -> Entry<C> {
        self.entries
            .get(kind)
            .expect("only registered kinds are claimed")
            .clone()
    }
}

/// How a try ended.
#[derive(Debug)]
pub(crate) enum Ended {
    Succeeded(Hold),
    Failed(Failed),
}

/// What a try needs of its worker.
pub(crate) struct Surroundings<C> {
    pub(crate) context: Arc<C>,
    pub(crate) clock: Clock,
    pub(crate) random: Randomness,
}

impl<C: Send + Sync + 'static> Entry<C> {
    /// Runs one job to the end of this try. Never panics, and ends within the kind's time limit.
    pub(crate) async fn run(self, claimed: Claimed, around: Surroundings<C>) -> Ended {
        let span = info_span!(
            "job",
            otel.name = format!("job.{}", self.kind),
            job.name = self.kind,
            job.id = claimed.hold().id.0,
            duration_ms = field::Empty,
        );
        self.run_in_span(claimed, around).instrument(span).await
    }

    async fn run_in_span(self, claimed: Claimed, around: Surroundings<C>) -> Ended {
        let hold = claimed.hold();
        let (attempt, max_attempts) = (claimed.attempt(), claimed.max_attempts());
        let running = Running {
            id: hold.id,
            kind: self.kind,
            attempt,
            max_attempts,
            lease: hold.lease,
            clock: Arc::clone(&around.clock),
        };

        let started = Instant::now();
        let handling = (self.handler)(around.context, claimed.payload, running);
        let outcome =
            tokio::time::timeout(self.time_limit, AssertUnwindSafe(handling).catch_unwind()).await;
        let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        Span::current().record("duration_ms", duration_ms);

        let failure = match outcome {
            Ok(Ok(Ok(()))) => {
                debug!(duration_ms, "A job is done");
                return Ended::Succeeded(hold);
            }
            Ok(Ok(Err(failure))) => failure,
            Ok(Err(panic)) => {
                let words = panic_words(panic.as_ref());
                error!(error = words, duration_ms, "A job's handler panicked");
                Failure::retry(anyhow::anyhow!("the handler panicked: {words}"))
            }
            Err(_) => Failure::retry(anyhow::anyhow!(
                "the handler took longer than {:?}",
                self.time_limit
            )),
        };

        let error = format!("{:#}", failure.error());
        let now = (around.clock)();
        let next = match failure {
            Failure::GiveUp { .. } => Next::Dead(now),
            Failure::Retry { .. } if attempt >= max_attempts => Next::Dead(now),
            Failure::Retry { after, .. } => {
                let wait = after.unwrap_or_else(|| (self.backoff)(attempt, (around.random)()));
                Next::At(now + wait.min(LONGEST_BACKOFF))
            }
        };
        match next {
            Next::Dead(_) => warn!(error, attempt, duration_ms, "A job failed and is given up"),
            Next::At(at) => {
                debug!(error, attempt, duration_ms, retry_at = %at, "A job failed and is tried again");
            }
        }
        Ended::Failed(Failed { hold, error, next })
    }
}

fn panic_words(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without words")
}
