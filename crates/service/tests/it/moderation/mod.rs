//! Moderation that is decided together.

mod appeals;
mod board;
mod crashes;
mod effects;
mod emergencies;
mod histories;
mod log;
mod reports;
mod tell;
mod voting;
