//! What the server does: one function per operation, the same for a member's app and for a peer.
//!
//! *Invariant:* nothing here knows HTTP, JSON on any wire, or ActivityPub. An operation owns its
//! transaction, decides, writes, and enqueues its consequences in that same transaction; what it
//! returns is a view loaded in a fixed number of queries. What a viewer may not see is *not found*.

pub mod accounts;
pub mod app;
pub mod archive;
pub mod auth;
pub mod bus;
pub mod clock;
pub mod consequences;
pub mod door;
pub mod error;
pub mod instance;
pub mod keys;
pub mod mail;
pub mod markers;
pub mod members;
pub mod moderation;
pub mod notifications;
pub mod peers;
pub mod relationships;
pub mod remote;
pub mod retention;
pub mod search;
pub mod second_factor;
pub mod settings;
pub mod sign_in;
pub mod statuses;
pub mod surface;
pub mod timelines;
pub mod urls;
pub mod work;

pub use app::App;
pub use clock::Clock;
pub use error::{Error, FieldError, Result};
pub use settings::Settings;
pub use urls::Urls;

/// An item of a list with the number by which the list is paged, where that is not the item's own
/// id: accounts in a list of followers are paged by the follow, statuses in bookmarks by the bookmark.
#[derive(Clone, Debug)]
pub struct Listed<T> {
    /// The number for `max_id`, `since_id` and `min_id`.
    pub cursor: i64,
    /// The item.
    pub item: T,
}
