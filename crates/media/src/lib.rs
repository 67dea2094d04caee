//! Pictures, sounds and films: what kind a file is, what its picture looks like before it has loaded, which part of
//! it matters.
//!
//! *Invariant:* this crate knows files and their properties, never whose they are or which post shows them.
//! So far it judges what other servers say about attachments, without opening any; probing, shrinking and storing
//! come with uploads.

pub mod blurhash;
mod description;
mod focus;
mod kind;

pub use description::{MAX_DESCRIPTION, description};
pub use focus::Focus;
pub use kind::Kind;
