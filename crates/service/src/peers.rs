//! Other servers: what this one has decided about them, and whether they can be reached.

mod availability;
mod outbound;
mod policy;

pub use availability::{PeerCache, delivery_failed, delivery_succeeded, heard_from, is_available};
pub use outbound::{
    OutboundActivity, all_inboxes, expire_outbound, follower_inboxes, inboxes_of, interested_in,
    outbound, part, send,
};
pub use policy::{Policy, is_paused, policy};
