//! The first thing wrong with a log, told so that somebody else can look at the same place.

use std::fmt;

use crate::export::{LineError, MAX_ENTRIES};
use crate::{Departure, EntryError, Hash, NoteError, PrivateError, VerifierKey};

/// What is wrong. Everything before it was in order.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// A line that could not be read.
    #[error("line {line} cannot be read")]
    Line {
        /// Counted from 1.
        line: u64,
        /// Why.
        source: LineError,
    },
    /// It does not begin with a header.
    #[error("the first line is no header")]
    NoHeader,
    /// It breaks off.
    #[error("the log breaks off: there is no footer")]
    NoFooter,
    /// A second header, or something after the footer.
    #[error("line {line} does not belong there")]
    Misplaced {
        /// Counted from 1.
        line: u64,
    },
    /// A format that is not known here.
    #[error("the format {0:?} is not known")]
    Format(String),
    /// A header without keys.
    #[error("the log names no key that signs it")]
    NoKeys,
    /// More entries than are checked.
    #[error("the log has more than {MAX_ENTRIES} entries")]
    TooMany,
    /// An entry is missing, doubled, or out of its place.
    #[error("entry {expected} should come here, not {found}")]
    Order {
        /// The number that was due.
        expected: u64,
        /// The number that came.
        found: u64,
    },
    /// An entry does not follow the one before it.
    #[error("entry {seq} follows {found}, and the entry before it is {expected}")]
    Chain {
        /// The entry.
        seq: u64,
        /// The leaf before.
        expected: Hash,
        /// What the entry says it follows.
        found: Hash,
    },
    /// An entry is not whole in itself.
    #[error("entry {seq} is not as it was sealed")]
    Entry {
        /// The entry.
        seq: u64,
        /// What is wrong with it.
        source: EntryError,
    },
    /// A private part is not what its entry committed to.
    #[error("the private part of entry {seq} is not as it was sealed")]
    Private {
        /// The entry.
        seq: u64,
        /// What is wrong with it.
        source: PrivateError,
    },
    /// What the entries say cannot be.
    #[error("entry {seq}: {complaint}")]
    Replay {
        /// The entry.
        seq: u64,
        /// The caller's words.
        complaint: String,
    },
    /// An entry that should name a new key names none.
    #[error("entry {seq} names no key")]
    Rotation {
        /// The entry.
        seq: u64,
    },
    /// A key under another name than the log's.
    #[error("the key {vkey} is not named for this log")]
    ForeignKey {
        /// The key.
        vkey: VerifierKey,
    },
    /// The header's keys are not those that the entries name.
    #[error("the keys in the header are not those that the entries name")]
    KeyList,
    /// No checkpoint covers the log.
    #[error("there is no checkpoint")]
    NoCheckpoint,
    /// A checkpoint of another log.
    #[error("the {from} checkpoint is of the log {found}, not {expected}")]
    OtherLog {
        /// Whose checkpoint.
        from: Source,
        /// This log.
        expected: String,
        /// The checkpoint's.
        found: String,
    },
    /// The log is shorter than a checkpoint, or has another past.
    #[error("the log departs from the {from} checkpoint")]
    Departure {
        /// Whose checkpoint.
        from: Source,
        /// How it differs.
        source: Departure,
    },
    /// A checkpoint is not signed by a key in force at its size.
    #[error("the {from} checkpoint of size {size} is not signed by a key of that time")]
    Signature {
        /// Whose checkpoint.
        from: Source,
        /// Its size.
        size: u64,
        /// What is wrong with its signatures.
        source: NoteError,
    },
    /// None of the reader's keys ever signed this log.
    #[error("none of the known keys is a key of this log")]
    UnknownKeys,
    /// A new key that the one before did not sign for; the reader has to learn the new key from somewhere else.
    #[error("entry {seq} names a new key, and the one before did not vouch for it")]
    NotVouchedFor {
        /// The entry that names it.
        seq: u64,
    },
    /// The latest checkpoint is signed only by keys from before the ones that the reader knows.
    #[error(
        "the latest checkpoint is not signed by a known key, or one that such a key vouched for"
    )]
    NotTrusted,
}

/// Where a checkpoint is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The log shows it itself.
    Published,
    /// The reader kept it.
    Kept,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Published => "published",
            Self::Kept => "kept",
        })
    }
}
