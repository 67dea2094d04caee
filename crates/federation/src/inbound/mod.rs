//! What other servers send us.
//!
//! `receive` is the inbox: cheap checks and the signature in a fixed order, one row, 202. [`process()`] is the worker's
//! half: whose activity it is and whether to believe it. Then one file for each kind of activity.

mod accept;
mod announce;
mod block;
mod create;
mod delete;
mod error;
mod flag;
mod follow;
mod like;
mod outcome;
mod process;
mod receive;
mod reject;
pub(crate) mod signature;
mod third_party;
mod undo;
mod update;

pub(crate) use error::Rejection;
pub use outcome::Outcome;
pub use process::{ProcessActivity, process};
pub(crate) use receive::{receive_personal, receive_shared};
