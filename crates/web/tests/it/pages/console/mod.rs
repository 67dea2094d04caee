//! The moderators' console.

mod access;
mod appeals;
mod audit;
mod cases;
mod emergency;
mod hostile;
mod propose;
mod seat;
mod vote;
pub(super) mod world;
