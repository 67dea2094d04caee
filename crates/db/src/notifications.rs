//! What members have been told. Every query takes the owner: nobody meets another's notifications (S34).

mod insert;
mod list;
mod remove;

pub use insert::{NewNotification, insert};
pub use list::{NotificationList, list, one, unread};
pub use remove::{clear, dismiss, remove_from, take_back, take_back_about};
