//! Ed25519 keys of signed notes: what signs, and the line by which others know it.

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Hash;

/// The type byte of plain Ed25519 signatures in C2SP's signed notes.
const ED25519_TYPE: u8 = 1;

/// How long a key's name may be, in bytes.
const MAX_NAME: usize = 255;

/// A key that signs checkpoints, under the log's name.
pub struct SigningKey {
    public: VerifierKey,
    pair: Ed25519KeyPair,
}

/// The public half, written `name+id+key` as C2SP's tools read it: the id in hexadecimal, type and key in base64.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VerifierKey {
    name: String,
    id: [u8; 4],
    public: [u8; 32],
}

/// Why something is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Empty, too long, or with white space, a `+` or a control character.
    #[error("a key's name has 1 to {MAX_NAME} bytes and neither spaces nor a plus")]
    Name,
    /// Not `name+id+key`, or the key's own base64 is malformed.
    #[error("a key is written name+id+key")]
    Malformed,
    /// Another type of signature than plain Ed25519.
    #[error("only plain Ed25519 keys are known here")]
    Type,
    /// The id is not the one that name and key have.
    #[error("the key's id is not that of its name and bytes")]
    Id,
}

impl SigningKey {
    /// The key that 32 secret random bytes stand for (RFC 8032), under the log's name: an address without scheme, as
    /// `club.example/moderation`.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| KeyError::Malformed)?;
        let public = pair
            .public_key()
            .as_ref()
            .try_into()
            .expect("an Ed25519 key has 32 bytes");
        let public = VerifierKey::new(name, public)?;
        Ok(Self { public, pair })
    }

    /// What others check its signatures with.
    pub fn verifier(&self) -> &VerifierKey {
        &self.public
    }

    pub(crate) fn sign(&self, text: &str) -> Vec<u8> {
        self.pair.sign(text.as_bytes()).as_ref().to_vec()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SigningKey").field(&self.public).finish()
    }
}

impl VerifierKey {
    /// A key under a name.
    pub fn new(name: &str, public: [u8; 32]) -> Result<Self, KeyError> {
        if !is_key_name(name) {
            return Err(KeyError::Name);
        }
        let hash = Hash::over(&[name.as_bytes(), &[b'\n', ED25519_TYPE], &public]);
        let id = *hash
            .as_bytes()
            .first_chunk()
            .expect("a hash has more than four bytes");
        Ok(Self {
            name: name.to_owned(),
            id,
            public,
        })
    }

    /// Its name, which is the log's origin.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of `SHA-256(name ‖ "\n" ‖ 0x01 ‖ key)`.
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    pub(crate) fn verifies(&self, text: &str, signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.public)
            .verify(text.as_bytes(), signature)
            .is_ok()
    }
}

/// C2SP's rule, and a length.
pub(crate) fn is_key_name(name: &str) -> bool {
    (1..=MAX_NAME).contains(&name.len())
        && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = STANDARD.encode([&[ED25519_TYPE], self.public.as_slice()].concat());
        write!(f, "{}+{:08x}+{key}", self.name, u32::from_be_bytes(self.id))
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (name, rest) = text.split_once('+').ok_or(KeyError::Malformed)?;
        let (id, key) = rest.split_once('+').ok_or(KeyError::Malformed)?;
        let key = STANDARD.decode(key).map_err(|_| KeyError::Malformed)?;
        let (kind, public) = key.split_first().ok_or(KeyError::Malformed)?;
        if *kind != ED25519_TYPE {
            return Err(KeyError::Type);
        }
        let public = public.try_into().map_err(|_| KeyError::Malformed)?;
        let parsed = Self::new(name, public)?;
        if format!("{:08x}", u32::from_be_bytes(parsed.id)) != id {
            return Err(KeyError::Id);
        }
        Ok(parsed)
    }
}

impl Serialize for VerifierKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for VerifierKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example key of Go's `sumdb/note`, from which C2SP's format comes.
    const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    #[test]
    fn a_published_key_is_read_and_written_back() {
        let key: VerifierKey = PETER.parse().unwrap();

        assert_eq!(key.name(), "PeterNeumann");
        assert_eq!(key.id(), [0xc7, 0x4f, 0x20, 0xa3]);
        assert_eq!(key.to_string(), PETER);
    }

    #[test]
    fn mangled_keys_are_refused() {
        for (mangled, error) in [
            (PETER.replacen('+', "", 1), KeyError::Malformed),
            (PETER.replace("c74f20a3", "c74f20a4"), KeyError::Id),
            (PETER.replace("c74f20a3", "C74F20A3"), KeyError::Id),
            (PETER.replace("Peter", "Paul"), KeyError::Id),
            (PETER.replace("ARpc", "BRpc"), KeyError::Type),
            (PETER.replace("10TW", ""), KeyError::Malformed),
            (format!("{PETER}="), KeyError::Malformed),
            (PETER.replace("PeterNeumann", ""), KeyError::Name),
        ] {
            assert_eq!(mangled.parse::<VerifierKey>(), Err(error), "{mangled}");
        }
    }

    #[test]
    fn a_name_with_a_space_or_a_plus_makes_no_key() {
        for name in ["", "a b", "a+b", "a\u{a0}b", "a\n", &"a".repeat(256)] {
            assert!(SigningKey::from_seed(name, &[1; 32]).is_err(), "{name}");
        }
    }

    #[test]
    fn a_signing_key_does_not_print_its_secret() {
        let key = SigningKey::from_seed("club.example/log", &[0x41; 32]).unwrap();

        assert!(!format!("{key:?}").contains("AAAA") && !format!("{key:?}").contains("65, 65"));
    }
}
