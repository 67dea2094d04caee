//! The entities of Moot's own API, `/api/moot/v1`: how decisions are taken together.
//!
//! Ids are strings and times are as in Mastodon's entities; digests are written in hex.

mod appeals;
mod blocked;
mod board;
mod cases;
mod governance;
mod log;
mod proposals;

pub use appeals::{Appeal, AppealAnswer, OwnRole, Strike};
pub use blocked::DomainBlock;
pub use board::{Confirmation, Decision, Seat};
pub use cases::{Case, CaseNote};
pub use governance::{BoardMember, Document, Governance, HeldSeat, InForce};
pub use log::{ConsistencyProof, InclusionProof, LogEntry};
pub use proposals::{BoardApproval, Changed, Comment, Own, Person, Proposal, SeatAnswer, Target};
