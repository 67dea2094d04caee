//! How long a signature counts.

use time::{Duration, OffsetDateTime};

use super::SignatureError;

/// How far clocks may be apart.
const CLOCK_SKEW: Duration = Duration::hours(1);
/// How long a signature lives that names no end.
const DEFAULT_LIFE: Duration = Duration::minutes(5);
/// The longest life one can ask for.
const LONGEST_LIFE: Duration = Duration::hours(12);

/// When a signature was made and until when it asks to count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) created: OffsetDateTime,
    /// As signed; `None` means five minutes.
    pub(super) expires: Option<OffsetDateTime>,
}

impl Window {
    /// Mastodon's rule: an hour of tolerance at both ends, and no life beyond twelve hours.
    pub(super) fn contains(self, now: OffsetDateTime) -> Result<(), SignatureError> {
        let latest = self.created.saturating_add(LONGEST_LIFE);
        let expires = self
            .expires
            .unwrap_or_else(|| self.created.saturating_add(DEFAULT_LIFE))
            .min(latest);
        let begins = self.created.saturating_sub(CLOCK_SKEW);
        if now < begins || now > expires.saturating_add(CLOCK_SKEW) {
            Err(SignatureError::Stale)
        } else {
            Ok(())
        }
    }
}

/// A Unix time in seconds; years beyond 9999 are nobody's clock.
pub(super) fn from_unix(seconds: i64) -> Result<OffsetDateTime, SignatureError> {
    OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| SignatureError::MalformedSignature)
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn the_window_is_open_from_an_hour_before_to_an_hour_after() {
        let now = datetime!(2026-08-01 10:05 UTC);
        let made = |minutes_ago: i64| Window {
            created: now - Duration::minutes(minutes_ago),
            expires: None,
        };

        for inside in [-60, -50, 0, 50, 65] {
            assert!(made(inside).contains(now).is_ok(), "{inside}");
        }
        for outside in [-61, 66, 13 * 60, -120] {
            assert_eq!(
                made(outside).contains(now),
                Err(SignatureError::Stale),
                "{outside}"
            ); // S14
        }
    }

    #[test]
    fn no_signature_lives_longer_than_twelve_hours_and_the_tolerance() {
        let created = datetime!(2026-08-01 00:00 UTC);
        let window = Window {
            created,
            expires: Some(created + Duration::days(30)),
        };

        assert!(window.contains(created + Duration::hours(13)).is_ok());
        assert!(
            window
                .contains(created + Duration::hours(13) + Duration::SECOND)
                .is_err()
        );
    }
}
