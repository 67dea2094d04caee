//! From what people type, and from what other servers send, to safe HTML; and the mentions, tags,
//! links and emoji codes found on the way.
//!
//! *Invariant:* this crate knows text only. It has never heard of accounts, statuses or of where a
//! link leads: whoever renders a post brings the addresses with [`compose::Links`]. HTML leaves it
//! only as [`SafeHtml`], and every parser here takes time linear in its input and a bounded stack.

mod characters;
mod clean;
mod count;
mod safe_html;

pub mod compose;
pub mod documents;
pub mod emoji;
pub mod hashtag;
pub mod language;
pub mod plain;
pub mod summary;

pub use count::{count, count_graphemes};
pub use safe_html::SafeHtml;
