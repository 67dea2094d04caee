//! The entities of Moot's own API, `/api/moot/v1`: how decisions are taken together.
//!
//! Ids are strings and times are as in Mastodon's entities; bytes are base64url without padding, as in the public log.

mod appeals;
mod board;
mod cases;
mod governance;
mod proposals;

pub use appeals::{Appeal, AppealAnswer, Strike};
pub use board::{Confirmation, Decision, Seat};
pub use cases::{Case, CaseNote};
pub use governance::{BoardMember, Document, Governance, HeldSeat, InForce};
pub use proposals::{
    BoardApproval, Changed, Comment, Effect, Own, Person, Proposal, SeatAnswer, Target,
};
