//! Coming in: from somebody who was recognised to a member of this server.
//!
//! [`signin`] finds out who somebody is; here it is decided which account that is (S47, S48). The link is the
//! source's own id and never a name or an address; whoever is linked has one source of truth, and no password of
//! this server's own opens their account.

pub mod attempts;
pub mod links;

pub(crate) mod facts;
mod join;
mod meet;
mod password;
mod preview;
mod proof;

use model::member::Member;
use signin::Identity;

pub use attempts::Attempt;
pub(crate) use meet::refresh;
pub use meet::with_identity;
pub use model::canonical_login;
pub use password::{by_local_password, with_name, with_password};
pub use preview::{LocalDoor, Outcome, Prospect, local_door, preview};
pub use proof::{Proof, is_password_of};

/// What became of a sign-in.
#[derive(Debug)]
pub enum Entry {
    /// They are this member. Whether the member may come in is for their standing and second factor to say.
    Member(Box<Member>),
    /// They are recognised, but an account of that name is not theirs yet; it can be linked.
    Taken(Box<Identity>),
    /// They are recognised, but cannot have an account here; the sentence says why and what to do.
    Refused(String),
    /// There is no such name with such a password.
    Wrong,
    /// The source could not be asked.
    Unavailable,
}
