//! One append-only log in which each entry commits to the one before and to what is not shown: chain, Merkle tree,
//! checkpoints, proofs, and their verification by somebody who trusts nothing of the server. It has never heard of
//! moderation, databases or HTTP.
//!
//! # Writing
//!
//! ```
//! # use ledger::{At, Draft, Head, Salt, tree::Frontier, Checkpoint, SigningKey};
//! # let now = time::OffsetDateTime::UNIX_EPOCH;
//! let mut frontier = Frontier::new(); // kept beside the log: O(log n) hashes
//! let sealed = Draft::new(At::minute(now), "account.limited")
//!     .fixed("action", "account.limit") // stays as long as the log
//!     .redactable("reason", "Spam") // its value can be taken back later
//!     .kept("target", "42") // private, as long as the log
//!     .evidence("note", "what a reporter wrote") // private, may be deleted
//!     .seal(&Head::START, Salt::random)?;
//! frontier.push(sealed.entry.leaf);
//!
//! let key = SigningKey::from_seed("club.example/log", &[7; 32])?;
//! let note: String = Checkpoint::of(&key, frontier.head()).sign(&key)?.to_string();
//! # assert!(note.starts_with("club.example/log\n1\n"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Sealed`] is an [`Entry`] (what everybody may see, and the row of the log) and a [`Private`] part (what stays
//! inside). The next entry is sealed after [`Entry::head`]. [`Entry::redact`] and [`Private::expire`] take values back;
//! no leaf changes.
//!
//! # Publishing
//!
//! [`Entry`] is serde's: `{seq, at, type, public, salts, commitments, private_commitment, prev, leaf}`. [`tree`] makes
//! inclusion and consistency proofs, [`export`] the lines of a whole log: a header, entries, a footer.
//!
//! # Checking
//!
//! [`verify::lines`] replays a whole export; [`verify::Verifier`] does it entry by entry for callers with a database,
//! private parts included. The first thing wrong is a [`verify::Problem`].
//!
//! # Choices where the specifications leave one
//!
//! - `seq` starts at 1; the entry is leaf `seq - 1` of the tree, and a tree of size n ends with entry n.
//! - Integers of at most 2^53 - 1 (RFC 7493) and no other numbers: longer ids are strings.
//! - A fixed value that happens to look like a commitment is committed too, so that the two are never confused.
//! - A signing key is in force from the entry that names it up to and including the entry that names its successor:
//!   at that one size both may sign, which is how an old key vouches for a new one.

pub mod export;
pub mod jcs;
pub mod tree;
pub mod verify;

mod at;
mod bytes;
mod checkpoint;
mod draft;
mod entry;
mod fields;
mod key;
mod note;
mod private;
mod strict;

pub use at::At;
pub use bytes::{Bytes, Hash, Malformed, Salt};
pub use checkpoint::{Checkpoint, CheckpointError, Departure, SignedCheckpoint};
pub use draft::{Draft, SealError, Sealed};
pub use entry::{Entry, EntryError, Head};
pub use fields::{Field, Fields, FieldsError};
pub use key::{KeyError, SigningKey, VerifierKey};
pub use note::{Note, NoteError, NoteSignature};
pub use private::{Private, PrivateError};
