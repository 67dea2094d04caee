//! A small durable queue on Postgres: work that must happen later is a row, written in the same
//! transaction as its cause, and handed to workers until it is done or given up.
//!
//! *Invariant:* this crate has never heard of what the jobs are about. It knows payloads as text of
//! JSON, lanes and kinds as names, and it owns the tables in `schema.sql` and no others. What each part is
//! for, and what it promises, is in the README beside this folder.

mod claim;
mod dead;
mod enqueue;
mod error;
mod failure;
mod idle;
mod job;
mod lanes;
mod listen;
mod recurring;
mod registry;
mod running;
mod schedule;
mod schema;
mod settle;
mod stats;
mod worker;

pub use crate::dead::{DeadJob, DeadPage, Repeated, dead, purge_dead, repeat};
pub use crate::enqueue::{enqueue, enqueue_at, enqueue_many, enqueue_many_at};
pub use crate::error::Error;
pub use crate::failure::Failure;
pub use crate::idle::Tally;
pub use crate::job::{Job, JobId, LONGEST_BACKOFF, Priority, growing_backoff};
pub use crate::lanes::{LaneState, drop_lane, lane_state, pause_lane, wake_lane};
pub use crate::recurring::{Recurring, recurring};
pub use crate::running::{CompleteError, Running, complete_in};
pub use crate::schedule::{Schedule, ScheduleError};
pub use crate::schema::{SCHEMA, migrate};
pub use crate::stats::{KindStats, Stats, stats};
pub use crate::worker::{Clock, Randomness, Settings, Worker};
