//! Public, tag and account timelines: ids, from partial indexes.
//!
//! Each says `FROM statuses_visible_to(…)`, so that nothing is listed that the viewer may not see. People whom
//! the viewer blocks or mutes are left out besides. A mute that has run out is removed by a job, so it is not
//! asked about here.

mod account;
mod parts;
mod public;
mod tag;

pub use account::{AccountTimeline, account, outbox};
pub use public::public;
pub use tag::{TagTimeline, tag};
