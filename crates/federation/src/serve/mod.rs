//! What peers may read: who is here, who they are, and what they have written for them.

mod actor;
mod answer;
mod collections;
mod featured;
mod followers;
mod host_meta;
mod negotiate;
mod nodeinfo;
mod outbox;
mod router;
mod status;
mod viewer;
mod webfinger;

pub use negotiate::negotiate;
pub use router::router;
