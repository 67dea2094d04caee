//! The crate held against what deployed software sends and what attackers would.

#![expect(clippy::unwrap_used, reason = "a panic is the answer wanted of a test")]

mod cases;
mod decoding;
mod properties;
mod vectors;
