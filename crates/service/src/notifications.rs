//! Notifications of a member.

mod beside;
mod list;
mod remove;

pub use beside::{Beside, Severance, Warning, beside};
pub use list::{NotificationFilter, get, list, unread_count};
pub use remove::{clear, dismiss};
