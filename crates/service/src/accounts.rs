//! Accounts: looking them up, listing what belongs to them, changing one's own profile; and what peers
//! say of theirs.

mod delete;
mod erase_remote;
mod find;
mod followers;
mod keys;
mod receive;
mod statuses;
mod update_profile;

pub use delete::{EraseAccount, delete};
pub(crate) use delete::{erase, forget_deleted};
pub use erase_remote::{EraseRemoteAccount, PurgeDomain};
pub(crate) use erase_remote::{erase_remote, purge_domain};
pub(crate) use find::is_ours;
pub use find::{card, find_by_uri, followers_url, get, inbox_of, lookup, many};
pub(crate) use followers::listed;
pub use followers::{followers, following};
pub use keys::{KnownKey, find_key, private_key};
pub use receive::{RemoteAccount, receive, receive_deletion};
pub use statuses::{StatusFilter, statuses};
pub use update_profile::{ProfileChange, update_profile};
