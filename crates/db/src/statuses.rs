//! Statuses: rows, views, and what people do with them.

mod addressed;
mod authors;
mod bodies;
mod bookmarks;
mod boosts;
mod edits;
mod favourites;
mod find;
mod idempotency;
mod insert;
mod mentions;
mod relevance;
mod remove;
mod rows;
mod tags;
mod thread;
mod tombstones;
mod views;
mod writer;

pub use addressed::{address_silently, addressed};
pub use authors::{Author, author};
pub use bodies::{Bodies, bodies};
pub use bookmarks::{add_bookmark, bookmarked_by, remove_bookmark};
pub use boosts::{boosted_by, boosters_among_members, find_boost};
pub use edits::{Revision, history, refresh_totals, revise};
pub use favourites::{
    LikeUri, NewFavourite, RemovedFavourite, add_favourite, favourited_by, favourites_of,
    remove_favourite, remove_favourite_by_uri,
};
pub use find::{Known, find_by_id, find_by_uri, lock, own_uri};
pub use idempotency::find_answer;
pub use insert::{Address, Inserted, Insertion, Key, NewStatus, insert};
pub use mentions::{Mentioned, NewMention, replace_mentions, resolve_mentions};
pub use relevance::{Meeting, Relevance, Stranger, meet};
pub use remove::{mark_deleted, purge};
use tags::link_tags;
pub use tags::replace_tags;
pub use thread::{ThreadIds, ThreadLimits, attach_replies, thread};
pub use tombstones::{bury, is_gone};
pub use views::{Sight, view, views};
pub use writer::{Writer, writer};

pub use crate::glimpses::of as glimpses;
