//! Coming in: from somebody who was recognised to a member of this server.
//!
//! [`signin`] finds out who somebody is; here it is decided which account that is (S47, S48). The link is the
//! source's own id and never a name or an address; whoever is linked has one source of truth, and no password of
//! this server's own opens their account.

use model::member::Member;
use signin::Identity;

use crate::{App, Result};

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

/// Comes in with a name and a password: the organisation's first, then this server's own for members who are
/// linked to nothing.
pub async fn with_password(_app: &App, _login: &str, _password: &str) -> Result<Entry> {
    todo!()
}

/// Comes in as somebody whom a source has recognised.
pub async fn with_identity(_app: &App, _identity: Identity) -> Result<Entry> {
    todo!()
}
