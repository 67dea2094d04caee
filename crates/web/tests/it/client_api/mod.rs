//! Mastodon's client API.

mod bad_input;
mod limits;
