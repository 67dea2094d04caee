//! What we send to other servers.
//!
//! Each consequence of an operation is a job that loads what it is about afresh, makes one document, and hands it over
//! with the inboxes it goes to ([`service::peers::send`]): one delivery job per inbox, in lanes by host. All of it is
//! safe to run twice, since ids of documents derive from what they are about.

pub(crate) mod actors;
mod archive;
mod audience;
mod breaker;
mod deletion;
mod deliver;
pub(crate) mod documents;
mod fetch_parent;
mod flag;
mod follow;
mod like;
mod profile;
mod publish;
mod register;
mod retract;

pub use register::register;
