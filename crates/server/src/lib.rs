//! Moot as a program: what the administrator decided, a database to open, and the wiring of all other crates.
//!
//! *Invariant:* this crate decides nothing about members, posts or peers. It reads the configuration, finds or starts `PostgreSQL`,
//! puts the parts together and listens; every rule of the domain is a crate further in.

pub mod cli;
pub mod config;
