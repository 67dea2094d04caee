//! Home timelines: written when a post arrives, read by one index scan.

mod distribute;
mod follows;
mod page;

pub use distribute::{Audience, audience, distribute};
pub use follows::{backfill, rebuild, remove_author, remove_boosts_of};
pub use page::page;
