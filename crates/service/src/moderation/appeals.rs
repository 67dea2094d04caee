//! Appeals, both stages: first to the moderators, then to the board.
//!
//! A member may appeal each decision about them once. The decision stays in force meanwhile. Whether the moderators have
//! decided is a rule of [`model::moderation::appeal`]; here it is asked whenever something has changed that it depends
//! on, and what it says is done.

mod decide;
mod file;
mod own;
mod question;
mod run;
mod settle;
mod view;
mod vote;

pub(crate) use decide::{BoardsWord, decide_by_board, must_wait_for_board, shut_out_of};
pub use file::{LONGEST_APPEAL, file};
pub use own::{DecisionView, decisions_about};
pub use question::{answer, ask};
pub use run::run_due;
pub use view::{AppealView, OwnRole, decided, queue, view};
pub use vote::vote;
