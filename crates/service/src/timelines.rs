//! Timelines, each at a glance and in one query; [`statuses::bodies`](crate::statuses::bodies) and
//! [`statuses::views`](crate::statuses::views) have the rest.

mod account;
mod home;
mod public;
mod tag;

pub(crate) use account::account;
pub use home::home;
pub use public::public;
pub use tag::{TagFilter, tag};
