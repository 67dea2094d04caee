//! Which server is asked next, and what is remembered of earlier tries.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::{Instant, timeout_at},
};

use crate::{Refusal, Steps};

use super::{Ldap, WAY, settings::Server, trouble::Trouble};

/// A server that did not answer is asked last for so long.
const AWAY: Duration = Duration::from_secs(30);
/// A searcher that was refused is not tried again for so long, doubled each time, at most [`LONGEST_REST`].
const FIRST_REST: Duration = Duration::from_mins(5);
const LONGEST_REST: Duration = Duration::from_hours(1);
/// The longest that a no is held back.
const LONGEST_PACE: Duration = Duration::from_secs(1);

/// What is remembered of earlier tries. Nothing of any person.
#[derive(Debug)]
pub(super) struct Memory {
    /// Until when each server is asked last.
    away: Mutex<Vec<Option<Instant>>>,
    searcher: Mutex<Searcher>,
    /// Of many who come at once only one tries a searcher not known to be right.
    alone: Semaphore,
    /// How long comparing a password takes there, in microseconds; nought while that is not known.
    pace: AtomicU64,
}

#[derive(Clone, Copy, Debug)]
enum Searcher {
    Untried,
    Accepted,
    Resting { until: Instant, rest: Duration },
}

impl Memory {
    pub(super) fn of(servers: usize) -> Self {
        Self {
            away: Mutex::new(vec![None; servers]),
            searcher: Mutex::new(Searcher::Untried),
            alone: Semaphore::new(1),
            pace: AtomicU64::new(0),
        }
    }

    /// The servers in the order of asking: those that were away a moment ago come last, in case all were.
    fn order(&self) -> Vec<usize> {
        let now = Instant::now();
        let away = lock(&self.away);
        let is_away = |index: &usize| away[*index].is_some_and(|until| now < until);
        let mut order: Vec<_> = (0..away.len()).collect();
        order.sort_by_key(is_away);
        order
    }

    fn note(&self, server: usize, away: Option<Instant>) {
        lock(&self.away)[server] = away;
    }

    /// Returns when the searcher may be tried, alone if it is not known to be right.
    pub(super) async fn wait_for_searcher(
        &self,
        until: Instant,
    ) -> Result<Option<SemaphorePermit<'_>>, Trouble> {
        if matches!(*lock(&self.searcher), Searcher::Accepted) {
            return Ok(None);
        }
        let alone = timeout_at(until, self.alone.acquire())
            .await
            .map_err(|_| Trouble::Here("others are waiting for the directory too".to_owned()))?;
        match *lock(&self.searcher) {
            Searcher::Resting { until, .. } if Instant::now() < until => {
                let left = until.saturating_duration_since(Instant::now()).as_secs() / 60 + 1;
                Err(Trouble::Everywhere(format!(
                    "LDAP_BIND_DN was refused with LDAP_PASSWORD a while ago; so as not to lock it, it is tried \
                     again in {left} min, or at a restart"
                )))
            }
            _ => Ok(alone.ok()),
        }
    }

    pub(super) fn searcher_was_accepted(&self) {
        *lock(&self.searcher) = Searcher::Accepted;
    }

    pub(super) fn searcher_was_refused(&self) {
        let mut searcher = lock(&self.searcher);
        let rest = match *searcher {
            Searcher::Resting { rest, .. } => (rest * 2).min(LONGEST_REST),
            Searcher::Untried | Searcher::Accepted => FIRST_REST,
        };
        let until = Instant::now() + rest;
        *searcher = Searcher::Resting { until, rest };
    }

    /// Comparing the password of somebody who is there took so long.
    pub(super) fn note_pace(&self, took: Duration) {
        self.pace.store(micros(took), Ordering::Relaxed);
    }

    /// The searcher's password took so long: the best guess while nobody else's is known.
    pub(super) fn note_first_pace(&self, took: Duration) {
        let order = Ordering::Relaxed;
        let _ = self.pace.compare_exchange(0, micros(took), order, order);
    }

    /// Waits until comparing a password that began then would be done.
    pub(super) async fn keep_pace(&self, started: Instant) {
        let pace = Duration::from_micros(self.pace.load(Ordering::Relaxed)).min(LONGEST_PACE);
        tokio::time::sleep_until(started + pace).await;
    }
}

fn micros(took: Duration) -> u64 {
    u64::try_from(took.as_micros()).unwrap_or(u64::MAX)
}

/// Nothing here is left half changed by a panic.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The servers one after another, each with its share of the time.
pub(super) struct Turns<'a> {
    directory: &'a Ldap,
    order: Vec<usize>,
    next: usize,
    deadline: Instant,
    reasons: Vec<String>,
}

/// One server's turn.
pub(super) struct Turn<'a> {
    pub(super) server: &'a Server,
    pub(super) until: Instant,
    index: usize,
}

impl<'a> Turns<'a> {
    pub(super) fn within(directory: &'a Ldap, limit: Duration) -> Self {
        Self {
            directory,
            order: directory.memory.order(),
            next: 0,
            deadline: Instant::now() + limit,
            reasons: Vec::new(),
        }
    }

    /// The next server. What is left of the time is shared fairly among those still to be asked.
    pub(super) fn next(&mut self) -> Option<Turn<'a>> {
        let index = *self.order.get(self.next)?;
        let still = u32::try_from(self.order.len() - self.next).unwrap_or(1);
        self.next += 1;
        let now = Instant::now();
        Some(Turn {
            server: &self.directory.settings.servers[index],
            until: now + self.deadline.saturating_duration_since(now) / still,
            index,
        })
    }

    /// The server answered.
    pub(super) fn answered(&self, turn: &Turn<'_>) {
        self.directory.memory.note(turn.index, None);
    }

    /// The server did not. Whether the next is to be asked.
    pub(super) fn failed(
        &mut self,
        turn: &Turn<'_>,
        trouble: Trouble,
        steps: &mut Steps,
    ) -> Asking {
        steps.failed(WAY, trouble.reason());
        match trouble {
            Trouble::Here(reason) => {
                self.directory
                    .memory
                    .note(turn.index, Some(Instant::now() + AWAY));
                self.reasons.push(reason);
                Asking::Goes
            }
            Trouble::Everywhere(reason) => {
                self.reasons.push(reason);
                Asking::Ends
            }
        }
    }

    /// Nobody answered.
    pub(super) fn refusal(self) -> Refusal {
        Refusal::unavailable(WAY, self.reasons.join("; "))
    }
}

/// Whether there is sense in asking the next server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asking {
    Goes,
    Ends,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S49: a made-up name was refused sooner than a real one.
    #[tokio::test(start_paused = true)]
    async fn a_no_is_held_back_for_as_long_as_a_comparison_takes_and_never_for_long() {
        let memory = Memory::of(1);
        let held_back = async || {
            let started = Instant::now();
            memory.keep_pace(started).await;
            started.elapsed()
        };

        assert_eq!(held_back().await, Duration::ZERO);
        memory.note_first_pace(Duration::from_millis(20));
        memory.note_first_pace(Duration::from_millis(30));
        assert_eq!(held_back().await, Duration::from_millis(20));
        memory.note_pace(Duration::from_millis(80));
        assert_eq!(held_back().await, Duration::from_millis(80));
        memory.note_pace(Duration::from_secs(4));
        assert_eq!(held_back().await, LONGEST_PACE);
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_that_was_away_is_asked_last_for_a_while() {
        let memory = Memory::of(3);
        memory.note(0, Some(Instant::now() + AWAY));

        assert_eq!(memory.order(), [1, 2, 0]);
        tokio::time::advance(AWAY).await;
        assert_eq!(memory.order(), [0, 1, 2]);
    }

    /// R23: trying again and again is what locks a searcher.
    #[tokio::test(start_paused = true)]
    async fn a_searcher_that_was_refused_rests_longer_each_time() {
        let memory = Memory::of(1);
        let may_try = async || {
            memory
                .wait_for_searcher(Instant::now() + Duration::from_secs(1))
                .await
                .is_ok()
        };

        assert!(may_try().await);
        memory.searcher_was_refused();
        assert!(!may_try().await);
        tokio::time::advance(FIRST_REST).await;
        assert!(may_try().await);
        memory.searcher_was_refused();
        tokio::time::advance(FIRST_REST).await;
        assert!(!may_try().await);
        tokio::time::advance(FIRST_REST).await;
        assert!(may_try().await);
        memory.searcher_was_accepted();
        memory.searcher_was_refused();
        tokio::time::advance(FIRST_REST).await;
        assert!(may_try().await);
    }
}
