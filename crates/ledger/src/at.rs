//! When something happened, as precisely as is told in public.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::format_description::StaticFormatDescription;
use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

/// RFC 3339 in UTC, with seconds that are always zero: readers of time stamps want seconds to be there.
const FORMAT: StaticFormatDescription =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:00Z");

/// A time already cut to the precision that is published, written `2026-11-23T04:20:00Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At(OffsetDateTime);

/// A text that is no published time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a time is written YYYY-MM-DDTHH:MM:00Z")]
pub struct MalformedTime;

impl At {
    /// Cut to the minute.
    pub fn minute(exact: OffsetDateTime) -> Self {
        let utc = exact.to_offset(UtcOffset::UTC);
        let minute =
            Time::from_hms(utc.hour(), utc.minute(), 0).expect("hour and minute come from a time");
        Self(utc.replace_time(minute))
    }

    /// Cut to the day, for what must not show who was at work when. Written as the day's first minute.
    pub fn day(exact: OffsetDateTime) -> Self {
        Self(exact.to_offset(UtcOffset::UTC).replace_time(Time::MIDNIGHT))
    }

    /// The time in UTC, for a database. [`At::minute`] of it is this value again.
    pub fn time(self) -> OffsetDateTime {
        self.0
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.format(FORMAT).map_err(|_| fmt::Error)?;
        f.write_str(&text)
    }
}

impl FromStr for At {
    type Err = MalformedTime;

    fn from_str(text: &str) -> Result<Self, MalformedTime> {
        let time = PrimitiveDateTime::parse(text, FORMAT).map_err(|_| MalformedTime)?;
        let at = Self(time.assume_utc());
        if at.to_string() == text {
            Ok(at)
        } else {
            Err(MalformedTime)
        }
    }
}

impl Serialize for At {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn seconds_are_cut_and_the_zone_is_utc() {
        let exact = datetime!(2026-11-23 01:20:59.9 +2);

        assert_eq!(At::minute(exact).to_string(), "2026-11-22T23:20:00Z");
        assert_eq!(At::day(exact).to_string(), "2026-11-22T00:00:00Z");
        assert_eq!(At::minute(At::minute(exact).time()), At::minute(exact));
    }

    #[test]
    fn a_time_has_one_spelling() {
        let text = "2026-11-23T04:20:00Z";

        assert_eq!(text.parse::<At>().unwrap().to_string(), text);
        for other in [
            "2026-11-23T04:20:01Z",
            "2026-11-23T04:20:00+00:00",
            "2026-11-23t04:20:00z",
            "+2026-11-23T04:20:00Z",
            "2026-11-23T24:20:00Z",
            "2026-11-23",
            "",
        ] {
            assert_eq!(other.parse::<At>(), Err(MalformedTime), "{other}");
        }
    }
}
