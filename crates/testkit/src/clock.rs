//! A clock that stands still until the test moves it.

use std::sync::{Arc, Mutex};

use service::Clock;
use time::{Duration, OffsetDateTime, macros::datetime};

/// When every test begins: a Monday at noon.
const BEGINNING: OffsetDateTime = datetime!(2026-06-15 12:00 UTC);

/// Tells the time that the test has set. Clones tell the same time.
#[derive(Clone, Debug)]
pub struct FakeClock(Arc<Mutex<OffsetDateTime>>);

impl Default for FakeClock {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(BEGINNING)))
    }
}

impl FakeClock {
    /// What time it is.
    pub fn now(&self) -> OffsetDateTime {
        *self.hands()
    }

    /// Sets the time, also backwards.
    pub fn set(&self, now: OffsetDateTime) {
        *self.hands() = now;
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        *self.hands() += by;
    }

    /// As the operations want to see it.
    pub fn to_clock(&self) -> Clock {
        let clock = self.clone();
        Clock::from_fn(move || clock.now())
    }

    /// As the job worker wants to see it.
    pub fn to_jobs_clock(&self) -> jobs::Clock {
        let clock = self.clone();
        Arc::new(move || clock.now())
    }

    fn hands(&self) -> std::sync::MutexGuard<'_, OffsetDateTime> {
        self.0
            .lock()
            .expect("nobody panics while holding a clock's hands")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_stands_still_until_it_is_moved() {
        let clock = FakeClock::default();
        let seen = clock.to_clock();

        assert_eq!(seen.now(), seen.now());
        clock.advance(Duration::hours(1));

        assert_eq!(seen.now(), BEGINNING + Duration::hours(1));
    }
}
