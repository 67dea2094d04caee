//! The edge as a whole: an inbox, a worker, and other servers that live in memory.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by stopping"
)]

mod cases;
mod deliveries;
mod expectations;
mod fetching;
mod inbox;
mod leaving;
mod moderation;
mod readers;
mod reports;
mod two_moots;
mod wire;
mod world;
