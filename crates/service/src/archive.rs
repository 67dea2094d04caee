//! Documents for whoever takes their account elsewhere: a port that the federation edge fills, since only it knows
//! how an actor and its posts are written.

use futures_util::future::BoxFuture;
use model::{Account, StatusId};

use crate::Result;

/// Part of a document that is too long to be held whole.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The bytes; all pieces one after the other are the document.
    pub bytes: Vec<u8>,
    /// From where the next piece goes on; nothing after the last.
    pub next: Option<StatusId>,
}

/// Where a piece begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// At the document's beginning.
    Beginning,
    /// With what is older than this.
    OlderThan(StatusId),
}

/// Writes what a member takes along.
pub trait Archivist: Send + Sync {
    /// The actor.
    fn actor<'a>(&'a self, account: &'a Account) -> BoxFuture<'a, Result<Vec<u8>>>;

    /// All the account's posts and boosts, newest first, whomever they are for: the next piece.
    fn outbox<'a>(&'a self, account: &'a Account, from: From) -> BoxFuture<'a, Result<Piece>>;
}
