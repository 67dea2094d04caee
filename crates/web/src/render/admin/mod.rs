//! What moderators see, in Mastodon's shapes.

mod accounts;
mod blocks;
mod figures;
mod pending;
mod reports;

pub(crate) use pending::lines;
pub(crate) use reports::{Cabinet, evidence};
