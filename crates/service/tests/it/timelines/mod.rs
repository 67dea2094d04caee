//! As `service::timelines`.

mod account;
mod home;
mod public;
