//! When a recurring job is due next.

use std::cmp::Ordering;
use std::fmt;
use std::time::Duration;

use croner::errors::CronError;
use croner::{CivilDate, CivilDateTime, CivilTime, Cron, CronDateTime, Resolution, Weekday};
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

/// How a job recurs.
#[derive(Debug, Clone, PartialEq)]
pub enum Schedule {
    /// Every so often, the first time at once.
    Every(Duration),
    /// At the times of a cron pattern, in UTC.
    Cron(Box<Cron>),
}

/// A cron pattern that says nothing, or names no time that will ever come.
#[derive(Debug, thiserror::Error)]
#[error("the cron pattern {pattern:?} names no time")]
pub struct ScheduleError {
    /// The pattern as given.
    pub pattern: String,
    /// What the parser said.
    pub source: CronError,
}

impl Schedule {
    /// Reads a cron pattern (`minute hour day month weekday`, in UTC).
    pub fn cron(pattern: &str) -> Result<Self, ScheduleError> {
        let refused = |source| ScheduleError {
            pattern: pattern.to_owned(),
            source,
        };
        let cron: Cron = pattern.parse().map_err(refused)?;
        // "0 0 30 2 *" parses, and never comes.
        cron.find_next_occurrence(&Utc(OffsetDateTime::UNIX_EPOCH), false)
            .map_err(refused)?;
        Ok(Self::Cron(Box::new(cron)))
    }

    /// The first time it is due when it was never seen before.
    pub(crate) fn first(&self, now: OffsetDateTime) -> OffsetDateTime {
        match self {
            Self::Every(_) => now,
            Self::Cron(_) => self.next_after(now),
        }
    }

    /// The next time after `now`; what was missed meanwhile is not made up for.
    pub(crate) fn next_after(&self, now: OffsetDateTime) -> OffsetDateTime {
        match self {
            Self::Every(period) => now + *period,
            Self::Cron(cron) => cron
                .find_next_occurrence(&Utc(now), false)
                // A pattern may name one year only. Then it is over.
                .map_or(OffsetDateTime::new_utc(Date::MAX, Time::MIDNIGHT), |next| {
                    next.0
                }),
        }
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Every(period) => write!(f, "every {period:?}"),
            Self::Cron(cron) => write!(f, "cron {cron}"),
        }
    }
}

/// Our times, as croner wants to see them. In UTC no hour is skipped or told twice.
#[derive(Clone)]
struct Utc(OffsetDateTime);

impl CronDateTime for Utc {
    fn to_civil(&self) -> CivilDateTime {
        let moment = self.0.to_offset(UtcOffset::UTC);
        CivilDateTime::new(
            CivilDate::from_parts_unchecked(
                moment.year(),
                u8::from(moment.month()).into(),
                moment.day().into(),
            ),
            CivilTime::from_parts_unchecked(
                moment.hour().into(),
                moment.minute().into(),
                moment.second().into(),
            ),
        )
    }

    fn civil_weekday(&self) -> Weekday {
        let moment = self.0.to_offset(UtcOffset::UTC);
        Weekday::from_days_from_sunday(moment.weekday().number_days_from_sunday().into())
    }

    fn resolve_civil(&self, civil: CivilDateTime) -> Result<Resolution<Self>, CronError> {
        let date = small(civil.month())
            .and_then(|month| Month::try_from(month).ok())
            .zip(small(civil.day()))
            .and_then(|(month, day)| Date::from_calendar_date(civil.year(), month, day).ok())
            .ok_or(CronError::InvalidDate)?;
        let time = small(civil.hour())
            .zip(small(civil.minute()))
            .zip(small(civil.second()))
            .and_then(|((hour, minute), second)| Time::from_hms(hour, minute, second).ok())
            .ok_or(CronError::InvalidTime)?;
        Ok(Resolution::Single(Self(
            PrimitiveDateTime::new(date, time).assume_utc(),
        )))
    }

    fn checked_add_seconds(&self, seconds: i64) -> Option<Self> {
        self.0
            .checked_add(time::Duration::seconds(seconds))
            .map(Self)
    }

    fn cmp_instant(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

fn small(number: u32) -> Option<u8> {
    u8::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_cron_pattern_names_the_next_time_in_utc() {
        let schedule = Schedule::cron("30 4 * * MON").unwrap();

        // A Wednesday, and late enough in another zone to be Thursday there.
        let next = schedule.next_after(datetime!(2026-11-26 01:00 +02:00));

        assert_eq!(next, datetime!(2026-11-30 04:30 UTC));
    }

    #[test]
    fn the_time_itself_is_not_its_own_successor() {
        let schedule = Schedule::cron("0 * * * *").unwrap();

        let next = schedule.next_after(datetime!(2024-02-28 23:00 UTC));

        assert_eq!(next, datetime!(2024-02-29 00:00 UTC));
    }

    #[test]
    fn a_period_begins_at_once() {
        let now = datetime!(2026-01-01 00:00 UTC);
        let schedule = Schedule::Every(Duration::from_secs(90));

        assert_eq!(schedule.first(now), now);
        assert_eq!(schedule.next_after(now), datetime!(2026-01-01 00:01:30 UTC));
    }

    #[test]
    fn a_time_that_never_comes_is_refused() {
        assert!(Schedule::cron("0 0 30 2 *").is_err());
        assert!(Schedule::cron("whenever").is_err());
    }
}
