//! Private parts: what stays inside, and how an entry vouches for it all the same.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Entry, Fields, FieldsError, Hash, Salt, jcs};

/// The private part of an entry.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Private {
    /// The salt of the commitment as a whole. Never published: without it, even an empty private part would show.
    pub salt: Salt,
    /// The fields: what is kept as long as the log, and evidence under commitments of its own.
    pub fields: Fields,
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
    pub(crate) fn commitment(&self) -> Hash {
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
