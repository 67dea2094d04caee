//! Home timelines: written when a post arrives, read by one index scan.

mod distribute;
mod follows;
mod page;
mod trim;

pub use distribute::{Audience, Distributed, Entry, audience, distribute};
pub use follows::{backfill, rebuild, remove_author, remove_boosts_of};
pub use page::page;
pub use trim::{Trimmed, forget, trim};
