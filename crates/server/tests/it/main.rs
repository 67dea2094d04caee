//! What needs a real `PostgreSQL` or a real process. As root the binary becomes its service user by itself; for the library's
//! own functions the test's thread becomes that user.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the answer wanted")]

mod channels;
mod cluster;
mod commands;
mod governing;
mod moot;
mod serving;
