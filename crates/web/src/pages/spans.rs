//! How long ago something was, and how long there is left, as people say it.

use time::{Duration, OffsetDateTime};

/// `3 hours ago`, `just now`.
pub(super) fn ago(now: OffsetDateTime, at: OffsetDateTime) -> String {
    match words(now - at) {
        Some(words) => format!("{words} ago"),
        None => "just now".to_owned(),
    }
}

/// `in 3 hours`, `any moment`.
pub(super) fn until(now: OffsetDateTime, at: OffsetDateTime) -> String {
    match words(at - now) {
        Some(words) => format!("in {words}"),
        None => "any moment".to_owned(),
    }
}

/// `24 hours`, `7 days`: a length of time that somebody has set.
pub(super) fn lasting(seconds: u32) -> String {
    let (number, unit) = match seconds {
        0 => return "not at all".to_owned(),
        s if s.is_multiple_of(86_400) && s > 86_400 => (s / 86_400, "day"),
        s if s.is_multiple_of(3600) => (s / 3600, "hour"),
        s if s.is_multiple_of(60) => (s / 60, "minute"),
        s => (s, "second"),
    };
    counted(i64::from(number), unit)
}

/// `1 post`, `3 posts`.
pub(super) fn counted(number: i64, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// The largest unit that fits at least twice, or once; `None` for less than a minute.
fn words(span: Duration) -> Option<String> {
    // To the nearest: seven days less a second are seven days.
    let nearest = |unit: i64| (span.whole_seconds() + unit / 2) / unit;
    Some(match nearest(60) {
        ..1 => return None,
        minutes @ 1..120 => counted(minutes, "minute"),
        120..2880 => counted(nearest(3600), "hour"),
        _ => counted(nearest(86_400), "day"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_said_in_the_largest_unit_that_tells_something() {
        let now = OffsetDateTime::UNIX_EPOCH;

        for (span, words) in [
            (Duration::seconds(20), "any moment"),
            (Duration::seconds(-20), "any moment"),
            (Duration::minutes(1), "in 1 minute"),
            (Duration::minutes(119), "in 119 minutes"),
            (Duration::hours(24), "in 24 hours"),
            (Duration::days(20), "in 20 days"),
            (Duration::days(7) - Duration::SECOND, "in 7 days"),
        ] {
            assert_eq!(until(now, now + span), words);
        }
        assert_eq!(ago(now, now - Duration::hours(3)), "3 hours ago");
        assert_eq!(lasting(7 * 86_400), "7 days");
        assert_eq!(lasting(86_400), "24 hours");
        assert_eq!(lasting(600), "10 minutes");
    }
}
