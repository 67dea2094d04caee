//! As `service::timelines`.

mod account;
mod home;
mod home_entries;
mod public;
