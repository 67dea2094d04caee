//! Accounts of members and of people elsewhere.

mod cards;
mod close;
mod find;
mod keys;
mod profile;
mod receive;
mod remove;
mod rows;

pub use cards::card;
pub use close::{close, closed_before, remove_relations, some_statuses};
pub use find::{by_handle, by_id, by_ids, by_uri, followers_url, inbox_of, members_among};
pub use keys::{KeyRow, find_key, insert_keypair, replace_keys, sealed_key};
pub use profile::{ProfileRow, update_profile};
pub use receive::{lock_handle, receive, rename_aside};
pub use remove::remove;
pub(crate) use rows::AccountRow;
