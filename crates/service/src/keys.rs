//! The master key and what is derived from it or sealed with it.
//!
//! One secret of 32 bytes is all an operator has to keep. Keys for separate purposes are derived from it
//! with HKDF-SHA-256 (RFC 5869), so that one of them, once leaked, says nothing of the others; what must be
//! stored (actors' private keys, TOTP secrets) is sealed with AES-256-GCM under a derived key.

use std::fmt;

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, KeyType, Prk, Salt},
    rand,
};
use thiserror::Error;

/// What a derived key is for. Each has a key of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Sealing the private keys of our actors.
    ActorKeys,
    /// Sealing the proof that a start has the same key as the first.
    Proof,
    /// CSRF tokens and signed form values.
    Forms,
    /// Sealing TOTP secrets.
    Totp,
    /// Pseudonyms in the public log.
    Pseudonyms,
    /// Signing keys of the log.
    LogSigning,
    /// Web push (VAPID).
    Vapid,
    /// What a browser keeps while it is away at a provider's sign-in page.
    Providers,
    /// Hashing the places that members sign in from.
    Places,
}

impl Purpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::ActorKeys => b"moot actor keys 1",
            Self::Proof => b"moot proof 1",
            Self::Forms => b"moot forms 1",
            Self::Totp => b"moot totp 1",
            Self::Pseudonyms => b"moot pseudonyms 1",
            Self::LogSigning => b"moot log signing 1",
            Self::Vapid => b"moot vapid 1",
            Self::Providers => b"moot providers 1",
            Self::Places => b"moot places 1",
        }
    }
}

/// The root of all keys.
pub struct MasterKey(Prk);

/// What was sealed cannot be opened: another key, or it was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the sealed value does not open with this master key")]
pub struct CannotOpen;

impl MasterKey {
    /// From the 32 bytes that the operator keeps.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(Salt::new(HKDF_SHA256, b"moot master key").extract(bytes))
    }

    /// A new one, from the system's randomness.
    pub fn generate() -> [u8; 32] {
        random_bytes()
    }

    /// The key for a purpose.
    pub fn derive(&self, purpose: Purpose) -> [u8; 32] {
        let mut key = [0; 32];
        self.0
            .expand(&[purpose.label()], Length32)
            .and_then(|okm| okm.fill(&mut key))
            .expect("HKDF-SHA-256 gives 32 bytes");
        key
    }

    /// Seals bytes; `context` (the row's key) must be the same when they are opened.
    pub fn seal(&self, purpose: Purpose, context: &[u8], plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE_LEN] = random_bytes();
        let mut sealed = plain.to_vec();
        self.cipher(purpose)
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(context),
                &mut sealed,
            )
            .expect("sealing in memory cannot fail");
        [&nonce[..], &sealed].concat()
    }

    /// Opens what [`Self::seal`] made.
    pub fn open(
        &self,
        purpose: Purpose,
        context: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, CannotOpen> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN).ok_or(CannotOpen)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| CannotOpen)?;
        let mut plain = sealed.to_vec();
        let length = self
            .cipher(purpose)
            .open_in_place(nonce, Aad::from(context), &mut plain)
            .map_err(|_| CannotOpen)?
            .len();
        plain.truncate(length);
        Ok(plain)
    }

    fn cipher(&self, purpose: Purpose) -> LessSafeKey {
        let key =
            UnboundKey::new(&AES_256_GCM, &self.derive(purpose)).expect("AES-256 takes 32 bytes");
        LessSafeKey::new(key)
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

/// Bytes nobody can guess.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).expect("the system gives randomness");
    bytes
}

struct Length32;

impl KeyType for Length32 {
    fn len(&self) -> usize {
        32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_the_same_key_purpose_and_context_only() {
        let key = MasterKey::from_bytes(&[7; 32]);
        let sealed = key.seal(Purpose::ActorKeys, b"1", b"secret");

        assert_eq!(
            key.open(Purpose::ActorKeys, b"1", &sealed).as_deref(),
            Ok(&b"secret"[..])
        );
        assert_eq!(key.open(Purpose::ActorKeys, b"2", &sealed), Err(CannotOpen));
        assert_eq!(key.open(Purpose::Totp, b"1", &sealed), Err(CannotOpen));
        assert_eq!(
            MasterKey::from_bytes(&[8; 32]).open(Purpose::ActorKeys, b"1", &sealed),
            Err(CannotOpen)
        );
        assert_eq!(
            key.open(Purpose::ActorKeys, b"1", b"short"),
            Err(CannotOpen)
        );
    }

    #[test]
    fn each_purpose_has_a_key_of_its_own() {
        let key = MasterKey::from_bytes(&[7; 32]);

        assert_ne!(key.derive(Purpose::Forms), key.derive(Purpose::Proof));
    }
}
