//! Hashes and salts, which are written in JSON as base64url without padding.

use std::fmt;

use aws_lc_rs::digest::{Context, SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// So many bytes, in JSON base64url without padding (RFC 4648, section 5), in one spelling only.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bytes<const N: usize>([u8; N]);

/// A SHA-256: a leaf, a node of the tree, a commitment.
pub type Hash = Bytes<32>;

/// What keeps a commitment from being guessed: sixteen random bytes, one salt per field.
pub type Salt = Bytes<16>;

/// Bytes of another length, or text that is not base64url.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected} bytes as base64url without padding")]
pub struct Malformed {
    expected: usize,
}

impl<const N: usize> Bytes<N> {
    /// Nothing but zeros: what stands as the leaf before the first.
    pub const ZERO: Self = Self([0; N]);

    /// The bytes themselves, for a database.
    pub const fn as_bytes(&self) -> &[u8; N] {
        &self.0
    }

    /// Reads base64url without padding; set bits after the end are refused, so that each value has one spelling.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let decoded = URL_SAFE_NO_PAD.decode(text);
        Self::try_from(decoded.as_deref().unwrap_or_default())
    }
}

impl Hash {
    /// SHA-256 over the parts, one after the other.
    pub(crate) fn over(parts: &[&[u8]]) -> Self {
        let mut context = Context::new(&SHA256);
        for part in parts {
            context.update(part);
        }
        Self::try_from(context.finish().as_ref()).expect("SHA-256 gives 32 bytes")
    }
}

impl Salt {
    /// A fresh salt from the system's generator, to be given to [`Draft::seal`](crate::Draft::seal).
    pub fn random() -> Self {
        let mut bytes = [0; 16];
        aws_lc_rs::rand::fill(&mut bytes).expect("the system's generator of randomness works");
        Self(bytes)
    }
}

impl<const N: usize> From<[u8; N]> for Bytes<N> {
    fn from(bytes: [u8; N]) -> Self {
        Self(bytes)
    }
}

impl<const N: usize> TryFrom<&[u8]> for Bytes<N> {
    type Error = Malformed;

    fn try_from(bytes: &[u8]) -> Result<Self, Malformed> {
        let bytes = bytes.try_into().map_err(|_| Malformed { expected: N })?;
        Ok(Self(bytes))
    }
}

impl<const N: usize> fmt::Display for Bytes<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl<const N: usize> fmt::Debug for Bytes<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<const N: usize> Serialize for Bytes<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, const N: usize> Deserialize<'de> for Bytes<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_reads_what_it_wrote() {
        let hash = Hash::over(&[b"a", b"b"]);

        let text = hash.to_string();

        assert_eq!(text.len(), 43);
        assert_eq!(Hash::parse(&text), Ok(hash));
    }

    #[test]
    fn other_spellings_and_lengths_are_refused() {
        let zero = "A".repeat(43);

        for other in [
            "A".repeat(42) + "B", // bits after the end
            zero.clone() + "=",
            "A".repeat(42) + "+",
            "A".repeat(22),
            String::new(),
        ] {
            assert!(Hash::parse(&other).is_err(), "{other}");
        }
        assert_eq!(Hash::parse(&zero), Ok(Hash::ZERO));
    }

    #[test]
    fn two_random_salts_differ() {
        assert_ne!(Salt::random(), Salt::random());
    }
}
