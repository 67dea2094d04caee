//! Entries: how one is sealed to the one before, and what it hashes to.
//!
//! `leaf = SHA-256(0x00 ‖ JCS({seq, at, type, public, private_commitment, prev}))`, where in `public` every redactable
//! field is replaced by its commitment, and `private_commitment = SHA-256(salt ‖ JCS(private))` likewise.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::export::MAX_LINE;
use crate::fields::MAX_NAME;
use crate::jcs::{self, MAX_INTEGER};
use crate::{At, Field, Fields, FieldsError, Hash, Salt};

/// What somebody wants to append.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// When, as precisely as is told in public; the exact time belongs in the private part.
    pub at: At,
    /// Its type: small letters, digits, `_` and `.`, at most 64.
    pub kind: String,
    /// What everybody sees.
    pub public: BTreeMap<String, Field>,
    /// What stays inside and is committed to as a whole.
    pub private: BTreeMap<String, Field>,
}

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

/// A sealed entry with its private part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// What is published, and the log's row.
    pub entry: Entry,
    /// What is kept beside it for those who may see it.
    pub private: Private,
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

/// The private part of an entry.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Private {
    /// The salt of the commitment as a whole. Never published: without it, even an empty private part would show.
    pub salt: Salt,
    /// The fields: what is kept as long as the log, and evidence under commitments of its own.
    pub fields: Fields,
}

/// Why a draft could not be sealed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// A type that is not a small letter followed by small letters, digits, `_` and `.`.
    #[error("{0:?} is not a type of entry")]
    Kind(String),
    /// The public part.
    #[error("the public part: {0}")]
    Public(#[source] FieldsError),
    /// The private part.
    #[error("the private part: {0}")]
    Private(#[source] FieldsError),
    /// It would be longer than a line of an export may be.
    #[error("the entry would have {0} bytes, more than {MAX_LINE}")]
    TooLong(usize),
    /// Numbers are used up.
    #[error("the log is full")]
    Full,
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

impl Draft {
    /// A draft without fields.
    pub fn new(at: At, kind: impl Into<String>) -> Self {
        Self {
            at,
            kind: kind.into(),
            public: BTreeMap::new(),
            private: BTreeMap::new(),
        }
    }

    /// A public field that stays: what makes the entry what it is.
    #[must_use]
    pub fn fixed(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.public
            .insert(name.to_owned(), Field::Fixed(value.into()));
        self
    }

    /// A public field that can be redacted later: everything that describes, a reason, a target, a category.
    #[must_use]
    pub fn redactable(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.public
            .insert(name.to_owned(), Field::Redactable(value.into()));
        self
    }

    /// A private field that is kept as long as the log: what was done, to whom.
    #[must_use]
    pub fn kept(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.private
            .insert(name.to_owned(), Field::Fixed(value.into()));
        self
    }

    /// A private field that can be deleted later: reasons, evidence.
    #[must_use]
    pub fn evidence(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.private
            .insert(name.to_owned(), Field::Redactable(value.into()));
        self
    }

    /// Seals the draft to the entry before it. `salts` gives a fresh random salt each time it is asked:
    /// [`Salt::random`], but in tests.
    pub fn seal(self, after: &Head, mut salts: impl FnMut() -> Salt) -> Result<Sealed, SealError> {
        if !is_kind(&self.kind) {
            return Err(SealError::Kind(self.kind));
        }
        if after.seq >= MAX_INTEGER {
            return Err(SealError::Full);
        }
        let public = Fields::seal(self.public, &mut salts).map_err(SealError::Public)?;
        let fields = Fields::seal(self.private, &mut salts).map_err(SealError::Private)?;
        let private = Private {
            salt: salts(),
            fields,
        };
        let mut entry = Entry {
            seq: after.seq + 1,
            at: self.at,
            kind: self.kind,
            public,
            private_commitment: private.commitment(),
            prev: after.leaf,
            leaf: Hash::ZERO,
        };
        entry.leaf = entry.computed_leaf();
        let length = entry.to_json().len();
        if length > MAX_LINE {
            return Err(SealError::TooLong(length));
        }
        Ok(Sealed { entry, private })
    }
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

    fn computed_leaf(&self) -> Hash {
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

impl Private {
    /// Deletes a piece of evidence. The commitments stay as they are.
    pub fn expire(&mut self, name: &str) -> Result<(), FieldsError> {
        self.fields.withhold(name)
    }

    /// Whether this is what the entry committed to.
    pub fn belongs_to(&self, entry: &Entry) -> Result<(), PrivateError> {
        self.fields.check()?;
        let found = self.commitment();
        if found != entry.private_commitment {
            return Err(PrivateError::Mismatch {
                expected: entry.private_commitment,
                found,
            });
        }
        Ok(())
    }

    /// `SHA-256(salt ‖ JCS(private))`.
    fn commitment(&self) -> Hash {
        let canonical =
            jcs::canonical(&self.fields.hashed_form()).expect("the fields were checked before");
        Hash::over(&[self.salt.as_bytes(), canonical.as_bytes()])
    }
}

/// What is wrong with a private part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrivateError {
    /// Its fields.
    #[error(transparent)]
    Fields(#[from] FieldsError),
    /// It is not what the entry committed to.
    #[error("the private part is not what was committed to: expected {expected}, got {found}")]
    Mismatch {
        /// What the entry says.
        expected: Hash,
        /// What the private part hashes to.
        found: Hash,
    },
}

/// Masked: logs of the program are no place for it.
impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Private").finish_non_exhaustive()
    }
}

fn is_kind(kind: &str) -> bool {
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
