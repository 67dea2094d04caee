//! The operations against a real database; modules mirror the source tree.

#![expect(clippy::unwrap_used, reason = "in tests a panic is the answer wanted")]

mod accounts;
mod auth;
mod instance;
mod markers;
mod members;
mod notifications;
mod parallel;
mod peers;
mod relationships;
mod round_trips;
mod search;
mod statuses;
mod timelines;
mod world;
