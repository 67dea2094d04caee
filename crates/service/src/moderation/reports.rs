//! Reports and the cases they make up.
//!
//! Whatever is said about one account until it is decided is one case, so that a flood is one thing to do. Posts
//! are kept as the reporter saw them. What moderators do here is housekeeping: each of them alone, at once, and written into
//! the internal part of the log. What becomes of a case is decided by proposals; `close` follows them.

mod arrive;
pub mod categorise;
pub mod claim;
pub(crate) mod close;
pub mod create;
pub(super) mod desk;
pub mod evidence;
mod expire;
pub mod forward;
pub mod list;
pub mod looked_at;
pub mod notes;
pub mod own;
pub mod questions;
pub mod receive;
pub mod reopen;
pub mod show;

pub use categorise::{categorise, recategorise};
pub use claim::{claim, unclaim};
pub use create::{NewReport, Reported, create};
pub(super) use desk::written;
pub use evidence::{Seen, evidence};
pub(crate) use expire::expire;
pub use forward::{Copy, ForwardReport, copies};
pub use list::{CaseLine, ReportFilter, closed, list, open};
pub(crate) use looked_at::record_look;
pub use looked_at::{Private, looked_at};
pub use notes::note;
pub use own::{OwnReport, own};
pub use questions::{Whom, answer, ask, asked_of};
pub use receive::{Flag, Taken, receive};
pub use reopen::{reopen, reopen_report};
pub use show::{CaseView, NoteView, ReportView, case, show};
