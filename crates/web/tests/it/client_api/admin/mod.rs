//! Mastodon's admin API, as moderators' apps use it.

mod accounts;
mod actions;
mod app;
mod blocks;
mod chamber;
mod figures;
mod reports;
mod rights;

pub(crate) use chamber::{Chamber, chamber};
