//! Requests to the router, as apps and browsers send them. The modules mirror the URLs.

#![expect(clippy::unwrap_used, reason = "in tests a panic is the answer wanted")]

mod away;
mod browser;
mod client_api;
mod moot_api;
mod oauth;
mod pages;
