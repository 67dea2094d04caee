//! How many reported posts a moderator has looked at today.
//!
//! It is for them alone: kept in their own browser and nowhere else, so that nobody can make a figure of performance of it.

use http::{HeaderMap, HeaderValue};
use time::Date;

use crate::{State, session::DayCount};

/// So many and more, and the page suggests a pause.
pub(in crate::pages) const MANY: u32 = 30;

/// Posts looked at today, with these; and the cookie that keeps the number.
pub(in crate::pages) fn count(
    state: &State,
    headers: &HeaderMap,
    seen_now: usize,
) -> (u32, Option<HeaderValue>) {
    let today: Date = state.app.clock.now().date();
    let before = DayCount::read(state, headers, today);
    let seen_now = u32::try_from(seen_now).unwrap_or(u32::MAX);
    let number = before.saturating_add(seen_now);
    let cookie = (seen_now > 0).then(|| DayCount::keep(state, today, number));
    (number, cookie)
}
