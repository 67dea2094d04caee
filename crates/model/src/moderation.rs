//! Moderation that is decided together: the words, and the rules that need no I/O.
//!
//! A [`proposal`] says what is to be done ([`Kind`] and [`Params`]) to whom ([`Target`]). Holders of [`seat`]s vote on
//! it, and [`tally()`] says whether it is carried. What may change the moderation state is a [`Warrant`], a value that only
//! [`tally()`] and its few siblings in [`warrant`] can make. What changes is a list of [`Effect`]s.

pub mod appeal;
pub mod board;
pub mod document;
pub mod effect;
pub mod emergency;
pub mod governance;
pub mod kind;
pub mod params;
pub mod person;
pub mod priority;
pub mod proposal;
pub mod report;
pub mod seat;
pub mod tally;
pub mod target;
pub mod vote;
pub mod warrant;

pub use effect::{Effect, Field};
pub use governance::Governance;
pub use kind::Kind;
pub use params::Params;
pub use person::{Person, PersonId};
pub use proposal::{Proposal, ProposalId};
pub use seat::{Seat, SeatNo};
pub use tally::{Outcome, tally};
pub use target::Target;
pub use vote::{Answer, Vote};
pub use warrant::Warrant;
