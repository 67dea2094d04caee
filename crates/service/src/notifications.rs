//! Notifications of a member.

mod list;
mod remove;

pub use list::{NotificationFilter, get, list, unread_count};
pub use remove::{clear, dismiss};
