//! One worker at work: the loop, and what it holds in its hands meanwhile.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::Notify;
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, sleep_until, timeout_at};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::claim::{Claimed, Look, Wanted, claim, take_back_expired};
use crate::registry::{Ended, Surroundings};
use crate::settle::{self, Failed, Hold, Next};
use crate::{Worker, listen, recurring};

/// How many jobs ended together at most before they are written down.
const SETTLED_AT_ONCE: usize = 64;

/// For so long work is gathered: claims and ends that follow one another faster go together, since under load each costs the
/// database as much as the work. A worker that has looked for nothing for so long does so at once.
const GATHER: Duration = Duration::from_millis(10);

/// How long to leave the database alone when it did not take what ended.
const RETRY: Duration = Duration::from_secs(1);

/// How long stopping waits for the database to take notice.
const LAST_WORD: Duration = Duration::from_secs(5);

/// A job that a task of this shift is working on.
struct Held {
    hold: Hold,
    has_lane: bool,
}

pub(super) struct Shift<'a, C> {
    worker: &'a Worker<C>,
    tasks: JoinSet<Ended>,
    held: HashMap<Id, Held>,
    /// Ends that the database has not been told yet. Their leases are kept alive until it has.
    done: Vec<Hold>,
    failed: Vec<Failed>,
    /// Since when the first of them waits to be told.
    untold_since: Option<Instant>,
    /// Whether there may be something to claim.
    hungry: bool,
    /// When something was claimed last.
    claimed_at: Option<Instant>,
    /// Whether the last claim got all it asked for, so that more may be waiting.
    was_full: bool,
    /// Behind at every poll, and for as long as that finds enough: it is too dear for every free place.
    look: Look,
}

impl<'a, C: Send + Sync + 'static> Shift<'a, C> {
    pub(super) fn begin(worker: &'a Worker<C>) -> Self {
        Self {
            worker,
            tasks: JoinSet::new(),
            held: HashMap::new(),
            done: Vec::new(),
            failed: Vec::new(),
            untold_since: None,
            hungry: true,
            claimed_at: None,
            was_full: false,
            look: Look::Behind,
        }
    }

    pub(super) async fn work(mut self, stop: CancellationToken) {
        let settings = self.worker.settings;
        let bell = Arc::new(Notify::new());
        let mut listener = JoinSet::new();
        listener.spawn(listen::listen(self.worker.pool.clone(), Arc::clone(&bell)));

        let mut announced = self.worker.recurrences.is_empty();
        let mut poll = ticking(settings.poll);
        let mut heartbeat = ticking(settings.lease / 3);
        info!(
            kinds = self.worker.registry.names().len(),
            concurrency = settings.concurrency,
            "The job worker begins"
        );

        while !stop.is_cancelled() {
            let now = Instant::now();
            if self.may_claim(now) {
                self.settle().await;
                self.claim().await;
            } else if self.must_settle(now) {
                self.settle().await;
            }
            let next = self.next_turn();

            tokio::select! {
                biased;
                () = stop.cancelled() => break,
                _ = heartbeat.tick() => self.keep_alive().await,
                Some(ended) = self.tasks.join_next_with_id(), if !self.tasks.is_empty() => {
                    self.note(ended);
                    self.note_others_that_ended();
                }
                () = sleep_until(next.unwrap_or(now)), if next.is_some() => {}
                _ = poll.tick() => {
                    self.hungry = true;
                    self.look = Look::Behind;
                    self.settle().await;
                    self.enqueue_recurring(&mut announced).await;
                }
                () = bell.notified() => self.hungry = true,
            }
        }

        drop(listener);
        self.stop().await;
    }

    /// Whether to look for work now. While there is more than enough of it, half of the places free is reason enough.
    fn may_claim(&self, now: Instant) -> bool {
        let places = self.worker.settings.concurrency;
        let free = places.saturating_sub(self.tasks.len());
        let is_rested = self
            .claimed_at
            .is_none_or(|claimed_at| now >= claimed_at + GATHER);
        self.hungry && free > 0 && (is_rested || (self.was_full && 2 * free >= places))
    }

    fn must_settle(&self, now: Instant) -> bool {
        self.done.len() + self.failed.len() >= SETTLED_AT_ONCE
            || self.untold_since.is_some_and(|since| now >= since + GATHER)
    }

    /// When there is something to do though nothing happens.
    fn next_turn(&self) -> Option<Instant> {
        let has_room = self.tasks.len() < self.worker.settings.concurrency;
        let claim = self
            .claimed_at
            .filter(|_| self.hungry && has_room)
            .map(|claimed_at| claimed_at + GATHER);
        let settle = self.untold_since.map(|since| since + GATHER);
        [claim, settle].into_iter().flatten().min()
    }

    async fn claim(&mut self) {
        let worker = self.worker;
        let count = worker.settings.concurrency - self.tasks.len();
        self.hungry = false;
        self.claimed_at = Some(Instant::now());

        let claimed = async {
            let mut connection = worker.pool.acquire().await?;
            let wanted = Wanted {
                now: (worker.clock)(),
                lease: worker.settings.lease,
                kinds: worker.registry.names(),
                count,
                per_lane: worker.settings.per_lane,
                look: self.look,
            };
            claim(&mut connection, &wanted).await
        };
        match claimed.await {
            Ok(claimed) => {
                self.was_full = claimed.len() >= count;
                if !self.was_full {
                    self.look = Look::Ahead;
                }
                for job in claimed {
                    self.start(job);
                }
            }
            // The next poll tries again.
            Err(error) => cope("claim jobs", &error),
        }
    }

    fn start(&mut self, job: Claimed) {
        let around = Surroundings {
            context: Arc::clone(&self.worker.context),
            clock: Arc::clone(&self.worker.clock),
            random: Arc::clone(&self.worker.random),
        };
        let held = Held {
            hold: job.hold(),
            has_lane: job.lane.is_some(),
        };
        let entry = self.worker.registry.entry(&job.kind);
        let task = self.tasks.spawn(entry.run(job, around));
        self.held.insert(task.id(), held);
    }

    /// Takes the end of a task into the books.
    fn note(&mut self, ended: Result<(Id, Ended), JoinError>) {
        let id = match &ended {
            Ok((id, _)) => *id,
            Err(error) => error.id(),
        };
        let place = self
            .held
            .remove(&id)
            .expect("every task is held from its start to its end");
        // A free place is worth a look if work was left over, or if its lane may have been what held work back.
        self.hungry |= self.was_full || place.has_lane;
        self.untold_since.get_or_insert_with(Instant::now);
        match ended {
            Ok((_, Ended::Succeeded(hold))) => self.done.push(hold),
            Ok((_, Ended::Failed(failed))) => self.failed.push(failed),
            Err(error) => self.failed.push(Failed {
                hold: place.hold,
                error: format!("the task ended without an answer: {error}"),
                next: Next::At((self.worker.clock)() + self.worker.settings.lease),
            }),
        }
    }

    fn note_others_that_ended(&mut self) {
        while self.done.len() + self.failed.len() < SETTLED_AT_ONCE {
            let Some(Some(ended)) = self.tasks.join_next_with_id().now_or_never() else {
                return;
            };
            self.note(ended);
        }
    }

    /// Tells the database what ended; what it does not take is kept for the next time.
    async fn settle(&mut self) {
        if self.done.is_empty() && self.failed.is_empty() {
            return;
        }

        if let Err(error) = self.try_settle().await {
            cope("write down what ended", &error);
            self.untold_since = Some(Instant::now() + RETRY);
        }
    }

    async fn try_settle(&mut self) -> Result<(), sqlx::Error> {
        let mut connection = self.worker.pool.acquire().await?;
        if !self.done.is_empty() {
            settle::succeed(&mut connection, &self.done, (self.worker.clock)()).await?;
            self.done.clear();
        }
        while let Some(failed) = self.failed.last() {
            settle::fail(&mut connection, failed).await?;
            self.failed.pop();
        }
        self.untold_since = None;
        Ok(())
    }

    /// Extends the leases of what runs, and takes back those of workers that did not.
    async fn keep_alive(&mut self) {
        let held: Vec<Hold> = self
            .held
            .values()
            .map(|held| held.hold)
            .chain(self.done.iter().copied())
            .chain(self.failed.iter().map(|failed| failed.hold))
            .collect();
        let worker = self.worker;

        let kept = async {
            let now = (worker.clock)();
            let mut connection = worker.pool.acquire().await?;
            if !held.is_empty() {
                settle::extend(&mut connection, &held, now + worker.settings.lease).await?;
            }
            take_back_expired(&mut connection, now).await
        };
        match kept.await {
            Ok(0) => {}
            Ok(taken_back) => {
                warn!(
                    jobs = taken_back,
                    "Took back jobs of a worker that fell silent"
                );
                self.hungry = true;
            }
            Err(error) => cope("extend leases", &error),
        }
    }

    async fn enqueue_recurring(&mut self, announced: &mut bool) {
        let worker = self.worker;
        if !*announced {
            match worker.announce_recurring().await {
                Ok(()) => *announced = true,
                Err(error) => return cope("announce recurring jobs", &error),
            }
        }

        let now = (worker.clock)();
        if let Err(error) = recurring::enqueue_due(&worker.pool, &worker.recurrences, now).await {
            cope("enqueue recurring jobs", &error);
        }
    }

    /// Lets what runs end, for a while, with its leases kept alive; hands back the rest.
    async fn stop(mut self) {
        let deadline = Instant::now() + self.worker.settings.grace;
        let mut heartbeat = ticking(self.worker.settings.lease / 3);
        while !self.tasks.is_empty() {
            tokio::select! {
                () = sleep_until(deadline) => break,
                _ = heartbeat.tick() => self.keep_alive().await,
                Some(ended) = self.tasks.join_next_with_id() => {
                    self.note(ended);
                    self.note_others_that_ended();
                    self.settle().await;
                }
            }
        }

        // What ended before it could be stopped is settled all the same.
        self.tasks.abort_all();
        while let Some(ended) = self.tasks.join_next_with_id().await {
            if !ended.as_ref().is_err_and(JoinError::is_cancelled) {
                self.note(ended);
            }
        }
        let rest: Vec<Hold> = self.held.values().map(|held| held.hold).collect();
        let ended = Instant::now() + LAST_WORD;
        let handed_back = timeout_at(ended, async {
            self.settle().await;
            while !(self.done.is_empty() && self.failed.is_empty()) {
                sleep(LAST_WORD / 10).await;
                self.settle().await;
            }
            let mut connection = self.worker.pool.acquire().await?;
            settle::release(&mut connection, &rest).await
        })
        .await;
        match handed_back {
            Ok(Ok(())) => info!(handed_back = rest.len(), "The job worker has stopped"),
            Ok(Err(error)) => cope("hand back jobs; their leases will run out", &error),
            Err(_) => warn!("The job worker stopped without the database; leases will run out"),
        }
    }
}

fn ticking(period: Duration) -> tokio::time::Interval {
    let mut ticks = interval(period.max(Duration::from_millis(1)));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

fn cope(what: &str, error: &(dyn std::error::Error + 'static)) {
    warn!(error, "The job worker could not {what} and will try again");
}
