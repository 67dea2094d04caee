//! Moderation that is decided together.
//!
//! Whoever acts does so in an office ([`acting`]). A [`propose`]d measure is voted on ([`mod@vote`]); when it is carried, the
//! [`executor`] changes the state, writes the [`log`] and enqueues what follows, in one transaction. Nothing else in the
//! server can change what moderation has set: every statement that does asks for a [`model::moderation::Warrant`].

pub mod acting;
pub mod admin;
pub mod amend;
pub mod appeals;
pub mod blocked;
pub mod board;
pub mod comment;
pub mod digest;
pub mod emergency;
pub mod executor;
pub mod log;
pub mod operator;
pub mod propose;
pub mod queue;
pub mod readiness;
pub mod recuse;
pub mod reports;
mod rules;
mod settle;
pub mod spelling;
pub mod statistics;
pub mod tell;
pub mod timers;
pub mod typed;
pub mod view;
pub mod vote;
pub mod withdraw;

pub use acting::{Acting, Officer, Via};
pub(crate) use rules::rules;
pub use view::ProposalView;
