//! Other servers: decisions about them, whether they can be reached, and what is on its way to them.

mod availability;
mod inboxes;
mod outbound;
mod policy;

pub use availability::{Availability, availability, clear_failures, record_failure, remember};
pub use inboxes::{all_inboxes, follower_inboxes, inboxes_of, interested_in};
pub use outbound::{OutboundRow, expire_outbound, find_outbound, insert_outbound};
pub use policy::{PolicyRow, policy};
