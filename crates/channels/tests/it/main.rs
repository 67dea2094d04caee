//! Channels, against receivers on loopback that take only what the services document: each holds the request against a
//! transcript of the service's own description, and refuses what is unknown, of another type, or too long.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the answer wanted")]

mod compatible;
mod limits;
mod matrix;
mod receiver;
mod said;
mod secrets;
mod slack;
mod webhook;
