//! Timelines. Each is read in three queries: the ids, the statuses with the viewer's marks, their authors.

mod account;
mod home;
mod public;
mod tag;

pub(crate) use account::account;
pub use home::home;
pub use public::public;
pub use tag::{TagFilter, tag};
