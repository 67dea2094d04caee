//! Moot as a program: what the administrator decided, a database to open, and the wiring of all other crates.
//!
//! *Invariant:* this crate decides nothing about members, posts or peers. It reads the configuration, finds or starts `PostgreSQL`,
//! puts the parts together and listens; every rule of the domain is a crate further in.

mod banner;
pub mod cli;
pub mod cluster;
pub mod config;
pub mod data_folder;
pub mod ground;
pub mod http;
pub mod identity;
pub mod log_keeper;
pub mod logging;
pub mod mail;
pub mod opening;
pub mod privileges;
pub mod serve;
pub mod sign_in;
