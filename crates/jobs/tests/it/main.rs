//! The queue against a real server. Each test has a database of its own, and says itself when jobs run.

#![expect(
    clippy::unwrap_used,
    reason = "in tests a panic is the answer wanted, also in what they share"
)]

mod claiming;
mod completing;
mod database;
mod enqueueing;
mod failing;
mod lanes;
mod recurring;
mod schema;
mod stats;
mod working;
mod world;
