//! The log: rows of one chain, and what is kept beside it. What the hashes mean is the crate `ledger`'s business.

mod append;
mod checkpoints;
mod keys;
mod pseudonyms;
mod read;
mod withhold;

use serde_json::Value;
use time::OffsetDateTime;

pub use append::{Head, insert_entry, lock_head};
pub use checkpoints::{
    CheckpointRow, checkpoint_was_told, checkpoints, insert_checkpoint, last_told,
    newest_checkpoint,
};
pub use keys::{KeyRow, end_key, insert_key, keys};
pub use pseudonyms::{
    author_of, insert_pseudonym_key, keep_pseudonym, pseudonym_key, pseudonym_of, strike_entry,
};
pub use read::{
    Filter, after, count, entry, facets, find, leaves, newest, private_part, private_parts,
};
pub use withhold::{expire_evidence, withhold};

/// A row of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryRow {
    /// Its number, from 1.
    pub seq: i64,
    /// When, cut to what is published.
    pub at: OffsetDateTime,
    /// Its type.
    pub kind: String,
    /// What everybody sees.
    pub public: Value,
    /// Salts of the fields that can be taken back.
    pub field_salts: Value,
    /// Their commitments.
    pub field_commitments: Value,
    /// What it says of its private part.
    pub private_commitment: Vec<u8>,
    /// The leaf before.
    pub prev: Vec<u8>,
    /// Its own.
    pub leaf: Vec<u8>,
}

/// The private part of an entry.
#[derive(Clone, PartialEq)]
pub struct PrivateRow {
    /// The entry.
    pub seq: i64,
    /// Salt of the whole.
    pub salt: Vec<u8>,
    /// What moderators and board see.
    pub private: Value,
    /// Salts of the fields that expire.
    pub salts: Value,
    /// Their commitments.
    pub commitments: Value,
    /// When, exactly.
    pub at: OffsetDateTime,
}

/// By what the public log is filtered; kept beside the entry because the public part is JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The server that it concerns, as published.
    pub domain: Option<String>,
    /// The account that it concerns, as published.
    pub pseudonym: Option<String>,
}
