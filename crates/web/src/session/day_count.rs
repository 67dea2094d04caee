//! A number that a browser keeps for a day, for whoever sits there and nobody else.

use http::{HeaderMap, HeaderValue};
use time::Date;

use super::cookies::{Cookie, Jar};
use crate::State;

/// The count of reported posts looked at.
pub(crate) struct DayCount;

impl DayCount {
    /// What was counted today; 0 when the browser knows nothing, or only of another day.
    pub(crate) fn read(state: &State, headers: &HeaderMap, today: Date) -> u32 {
        let kept = Jar::of(&state.app.settings).find(headers, Cookie::SeenToday);
        kept.and_then(|kept| number_of(kept, today)).unwrap_or(0)
    }

    /// The cookie that keeps it.
    pub(crate) fn keep(state: &State, today: Date, number: u32) -> HeaderValue {
        let value = format!("{today}.{number}");
        Jar::of(&state.app.settings).give(Cookie::SeenToday, &value)
    }
}

fn number_of(kept: &str, today: Date) -> Option<u32> {
    let (day, number) = kept.split_once('.')?;
    (day == today.to_string()).then(|| number.parse().ok())?
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn yesterdays_count_is_over() {
        let today = date!(2026 - 11 - 23);

        assert_eq!(number_of("2026-11-23.17", today), Some(17));
        assert_eq!(number_of("2026-11-22.17", today), None);
        assert_eq!(number_of("2026-11-23.many", today), None);
        assert_eq!(number_of("17", today), None);
    }
}
