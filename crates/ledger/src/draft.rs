//! Drafts: what somebody wants to append, and how it is sealed to what is there.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::entry::is_kind;
use crate::export::MAX_LINE;
use crate::jcs::MAX_INTEGER;
use crate::{At, Entry, Field, Fields, FieldsError, Hash, Head, Private, Salt};

/// What somebody wants to append.
#[derive(Clone, PartialEq)]
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

/// A sealed entry with its private part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// What is published, and the log's row.
    pub entry: Entry,
    /// What is kept beside it for those who may see it.
    pub private: Private,
}

/// Why a draft could not be sealed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// A type that is not a small letter followed by small letters, digits, `_` and `.`.
    #[error("{0:?} is not a type of entry")]
    Kind(String),
    /// The public part.
    #[error("the public part cannot be committed to")]
    Public(#[source] FieldsError),
    /// The private part.
    #[error("the private part cannot be committed to")]
    Private(#[source] FieldsError),
    /// It would be longer than a line of an export may be.
    #[error("the entry would have {0} bytes, more than {MAX_LINE}")]
    TooLong(usize),
    /// Numbers are used up.
    #[error("the log is full")]
    Full,
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

/// The private part is masked: logs of the program are no place for it.
impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft")
            .field("at", &self.at)
            .field("kind", &self.kind)
            .field("public", &self.public)
            .finish_non_exhaustive()
    }
}
