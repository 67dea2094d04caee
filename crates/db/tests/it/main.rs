//! Queries against a real server, in a database of each test's own.

#![expect(
    clippy::unwrap_used,
    reason = "in tests a panic is the answer wanted, also in what they share"
)]

mod index_scans;
mod versions;
mod visibility;
