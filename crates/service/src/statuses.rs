//! Statuses: writing, showing, changing, removing, and reacting to them; for members and for peers.
//!
//! Each operation loads what it works on through the viewer's eyes, so that nothing is done to, or told of, what
//! its caller may not see (S32); a foreign owner is found out by comparing with the row (S01).

mod bookmark;
mod boost;
mod compose;
mod context;
mod create;
mod delete;
mod edit;
mod favourite;
mod get;
mod history;
mod limits;
mod lookup;
mod people;
mod receive;
mod receive_boost;
mod receive_delete;
mod receive_edit;
mod receive_favourite;
mod written;

pub use bookmark::{bookmark, bookmarks, unbookmark};
pub use boost::{boost, unboost};
pub use context::{Thread, context};
pub use create::{Draft, create};
pub use delete::{delete, purge};
pub use edit::{Edit, edit};
pub use favourite::{favourite, favourites, unfavourite};
pub use get::{Bodies, bodies, get, many, views};
pub use history::history;
pub use lookup::{addressed, find_by_uri, load, outbox};
pub use people::{boosted_by, favourited_by};
pub use receive::{Arrival, Received, RemoteMention, RemotePost, attach_replies, receive};
pub use receive_boost::{Undone, receive_boost, receive_unboost};
pub use receive_delete::{ReceivedDelete, is_gone, receive_delete, remember_gone};
pub use receive_edit::{ReceivedEdit, receive_edit};
pub use receive_favourite::{receive_favourite, receive_unfavourite};
