//! All SQL of Moot's data: migrations, queries, rows.
//!
//! *Invariant:* this crate decides nothing. A query function takes a `&mut PgConnection` and typed ids,
//! does one thing and returns values of `model`; operations own transactions and rules. The one rule that
//! lives here, because lists need it, is the SQL function `statuses_visible_to(viewer)`.

pub mod accounts;
pub mod auth;
pub mod error;
mod glimpses;
pub mod home;
pub mod identities;
pub mod identity;
pub mod instance;
pub mod mail;
pub mod markers;
pub mod members;
pub mod migrations;
pub mod moderation;
pub mod notifications;
mod paging;
pub mod peers;
pub mod relationships;
pub mod retention;
pub mod search;
pub mod second_factor;
pub mod statuses;
pub mod timelines;

pub use error::{Error, Result};
