//! The edge towards other servers: what they may send us, what we send them, what we show them.
//!
//! *Invariant:* nothing here knows the client API or SQL. Whatever a peer says is decoded by `activitypub`, checked
//! here (who said it, whose it is, where it comes from), and then handed to the same operations of `service` that a
//! member's app uses. Everything asked of other servers goes through [`client`], which alone opens sockets.
//!
//! The road in is [`inbound`], the road out is [`outbound`], what peers may read is [`serve`], and [`resolve`] finds
//! what is not known yet.

pub mod client;
mod domains;
mod edge;
mod fetch;
pub mod inbound;
mod keys;
pub mod outbound;
pub mod resolve;
mod run;
pub mod serve;
mod webfinger;

pub use client::address::{AddressRange, NotARange};
pub use edge::{Edge, Settings, State};
pub use outbound::register;
pub use serve::{negotiate, router};
