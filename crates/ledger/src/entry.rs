//! Entries as they are published, and what they hash to.
//!
//! `leaf = SHA-256(0x00 ‖ JCS({seq, at, type, public, private_commitment, prev}))`, where in `public` every redactable
//! field is replaced by its commitment, and `private_commitment = SHA-256(salt ‖ JCS(private))` likewise.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::fields::MAX_NAME;
use crate::jcs::{self, MAX_INTEGER};
use crate::{At, Fields, FieldsError, Hash, Salt};

/// Where the log ends: what the next entry is sealed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last entry's number, which is also how many there are.
    pub seq: u64,
    /// The last entry's leaf.
    pub leaf: Hash,
}

impl Head {
    /// Of a log without entries: the first entry's `prev` is 32 zero bytes.
    pub const START: Self = Self {
        seq: 0,
        leaf: Hash::ZERO,
    };
}

/// An entry as it is published. Its fields are public so that a database can put it together again; whether they belong
/// together is what [`Entry::check`] says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire")]
pub struct Entry {
    /// Its number, counted from 1.
    pub seq: u64,
    /// When, as precisely as is told.
    pub at: At,
    /// Its type.
    pub kind: String,
    /// What everybody sees, or saw until it was redacted.
    pub public: Fields,
    /// The hash of what stays inside.
    pub private_commitment: Hash,
    /// The leaf before.
    pub prev: Hash,
    /// What all of this hashes to, and the leaf of the tree.
    pub leaf: Hash,
}

/// What is wrong with an entry by itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// A type that cannot be one.
    #[error("{0:?} is not a type of entry")]
    Kind(String),
    /// A number beyond 2^53 - 1, or zero.
    #[error("{0} is not the number of an entry")]
    Seq(u64),
    /// The public fields.
    #[error(transparent)]
    Fields(#[from] FieldsError),
    /// It hashes to something else than it says.
    #[error("the entry does not hash to its leaf: expected {expected}, got {found}")]
    Leaf {
        /// What its content hashes to.
        expected: Hash,
        /// What it says.
        found: Hash,
    },
}

impl Entry {
    /// What the next entry is sealed to.
    pub fn head(&self) -> Head {
        Head {
            seq: self.seq,
            leaf: self.leaf,
        }
    }

    /// Takes a public value back. Leaf, chain and proofs stay as they are.
    pub fn redact(&mut self, name: &str) -> Result<(), FieldsError> {
        self.public.withhold(name)
    }

    /// Whether the entry is whole in itself: its values are what was committed to, and it hashes to its leaf. Whether it
    /// follows the one before is the caller's to compare ([`Verifier`](crate::verify::Verifier) does).
    pub fn check(&self) -> Result<(), EntryError> {
        if self.seq == 0 || self.seq > MAX_INTEGER {
            return Err(EntryError::Seq(self.seq));
        }
        if !is_kind(&self.kind) {
            return Err(EntryError::Kind(self.kind.clone()));
        }
        self.public.check()?;
        let expected = self.computed_leaf();
        if expected != self.leaf {
            return Err(EntryError::Leaf {
                expected,
                found: self.leaf,
            });
        }
        Ok(())
    }

    /// The entry as one line of JSON, without the newline.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("an entry can be written as JSON")
    }

    pub(crate) fn computed_leaf(&self) -> Hash {
        let hashed = json!({
            "seq": self.seq,
            "at": self.at,
            "type": self.kind,
            "public": self.public.hashed_form(),
            "private_commitment": self.private_commitment,
            "prev": self.prev,
        });
        let canonical = jcs::canonical(&hashed).expect("the fields were checked before");
        Hash::over(&[&[0], canonical.as_bytes()])
    }
}

/// A small letter, then small letters, digits, `_` and `.`; no longer than 64.
pub(crate) fn is_kind(kind: &str) -> bool {
    kind.len() <= MAX_NAME
        && kind.starts_with(|first: char| first.is_ascii_lowercase())
        && kind
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._".contains(&byte))
}

/// The published shape: values first and flat, for people who only want to read.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    seq: u64,
    at: At,
    #[serde(rename = "type")]
    kind: String,
    public: BTreeMap<String, Value>,
    salts: BTreeMap<String, Salt>,
    commitments: BTreeMap<String, Hash>,
    private_commitment: Hash,
    prev: Hash,
    leaf: Hash,
}

impl From<Wire> for Entry {
    fn from(wire: Wire) -> Self {
        Self {
            seq: wire.seq,
            at: wire.at,
            kind: wire.kind,
            public: Fields {
                values: wire.public,
                salts: wire.salts,
                commitments: wire.commitments,
            },
            private_commitment: wire.private_commitment,
            prev: wire.prev,
            leaf: wire.leaf,
        }
    }
}

impl From<Entry> for Wire {
    fn from(entry: Entry) -> Self {
        Self {
            seq: entry.seq,
            at: entry.at,
            kind: entry.kind,
            public: entry.public.values,
            salts: entry.public.salts,
            commitments: entry.public.commitments,
            private_commitment: entry.private_commitment,
            prev: entry.prev,
            leaf: entry.leaf,
        }
    }
}

#[cfg(test)]
mod tests;
