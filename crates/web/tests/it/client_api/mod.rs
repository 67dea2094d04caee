//! Mastodon's client API.

mod access;
mod accounts;
pub(crate) mod admin;
mod apps;
mod bad_input;
mod follow_requests;
mod instance;
mod limits;
mod markers;
mod nonsense;
mod notifications;
mod reports;
mod round_trips;
mod search;
mod shelf;
mod statuses;
mod timelines;
mod unseen;
pub(crate) mod world;
