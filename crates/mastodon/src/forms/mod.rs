//! What apps send: bodies and query strings, whatever encoding they came in.
//!
//! Apps write numbers and flags as strings, one value where a list is meant, and lists as maps
//! with the index for a key. Mastodon takes all of that, so these do too. What is of an
//! impossible type counts as absent, as in Mastodon; what is of the right type but wrong is for
//! the operation to refuse.

mod accounts;
pub mod admin;
mod lenient;
mod lists;
mod log;
mod markers;
pub mod moot;
mod oauth;
mod paging;
mod reports;
mod search;
mod statuses;

pub use accounts::{ConfirmAgain, Follow, ProfileField, SignUp, SourceChanges, UpdateCredentials};
pub use lists::{
    AccountLookup, AccountSearch, AccountStatuses, Ids, Notifications, PublicTimeline,
    Relationships, TagTimeline, UnreadCount,
};
pub use log::{ConsistencyOf, InclusionOf, LogEntries};
pub use markers::{MarkersQuery, ReadUpTo, SaveMarkers};
pub use oauth::{RegisterApp, RevokeToken, TokenRequest};
pub use paging::Paging;
pub use reports::CreateReport;
pub use search::Search;
pub use statuses::{Boost, CreateStatus, DeleteStatus, EditStatus, MediaChange, Poll};
