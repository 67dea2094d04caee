//! Moderation that is decided together.

mod crashes;
mod emergencies;
mod histories;
mod voting;
