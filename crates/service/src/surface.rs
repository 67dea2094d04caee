//! What an event brings to the surface: home entries, notifications, streams. The one place.

mod arrive;
mod follows;
mod notify;

pub use arrive::fan_out;
pub(crate) use arrive::{Arrived, Followers, SMALL_AUDIENCE, arrive};
pub use follows::{follow_began, follow_ended, rebuild_home, turned_away};
pub use notify::{Notice, notify, unnotify};
pub(crate) use notify::{notify_all, unnotify_about};
