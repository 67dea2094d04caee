//! Values that nobody can guess, and their hashes.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::keys::random_bytes;

/// A secret that is shown once, to whom it is given. `Debug` hides it (S43).
#[derive(Clone)]
pub struct Shown(String);

impl Shown {
    /// A new one of 256 random bits.
    pub(crate) fn random() -> Self {
        Self(URL_SAFE_NO_PAD.encode(random_bytes::<32>()))
    }

    /// A random value that is shown to nobody.
    pub(crate) fn unguessable() -> String {
        Self::random().0
    }

    /// One that the caller chose; for test suites.
    pub(super) fn literal(value: &str) -> Self {
        Self(value.to_owned())
    }

    /// The secret.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of a secret that somebody brings back.
    pub(crate) fn hash_of(brought: &str) -> [u8; 32] {
        hash(brought)
    }

    pub(crate) fn hash(&self) -> [u8; 32] {
        hash(&self.0)
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shown(…)")
    }
}

/// SHA-256 of a secret.
pub(super) fn hash(secret: &str) -> [u8; 32] {
    sha256(secret.as_bytes())
}

/// SHA-256.
pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    digest(&SHA256, bytes)
        .as_ref()
        .try_into()
        .expect("SHA-256 gives 32 bytes")
}
