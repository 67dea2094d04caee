//! The operations against a real database; modules mirror the source tree.

#![expect(clippy::unwrap_used, reason = "in tests a panic is the answer wanted")]

mod accounts;
mod auth;
mod instance;
mod mail;
mod markers;
mod members;
mod moderation;
mod notifications;
mod parallel;
mod peers;
mod relationships;
mod round_trips;
mod search;
mod second_factor;
mod sign_in;
mod statuses;
mod timelines;
mod world;
