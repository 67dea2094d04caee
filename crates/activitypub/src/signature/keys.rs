//! RSA keys of actors, ours and others'.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair,
};
use pem::{EncodeConfig, LineEnding, Pem};

/// Smallest key believed, in bits.
const MIN_BITS: usize = 2048;
/// Longest PEM looked at, in bytes; an 8192-bit key needs about 1,500.
const MAX_PEM_BYTES: usize = 8 * 1024;

/// Why a key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not PEM, or a PEM of something else than a public key.
    #[error("not a public key in PEM")]
    NotAKey,
    /// A key, but not RSA or damaged.
    #[error("not a usable RSA key")]
    NotRsa,
    /// RSA of too few bits; such keys exist on very old actors and can be forged.
    #[error("an RSA key of only {bits} bits")]
    TooSmall {
        /// Size of the modulus.
        bits: usize,
    },
    /// The key could not be made or written; a fault of this machine.
    #[error("the key could not be made")]
    Unmade,
}

/// Somebody's public key, parsed once for many verifications.
#[derive(Clone)]
pub struct PublicKey(Arc<ParsedPublicKey>);

impl PublicKey {
    /// Reads `BEGIN PUBLIC KEY` (SPKI) or `BEGIN RSA PUBLIC KEY` (PKCS#1).
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        if text.len() > MAX_PEM_BYTES {
            return Err(KeyError::NotAKey);
        }
        let block = pem::parse(text.trim()).map_err(|_| KeyError::NotAKey)?;
        if !matches!(block.tag(), "PUBLIC KEY" | "RSA PUBLIC KEY") {
            return Err(KeyError::NotAKey);
        }
        Self::from_der(block.contents())
    }

    /// Reads SPKI or PKCS#1 in DER.
    pub fn from_der(der: &[u8]) -> Result<Self, KeyError> {
        let rsa = aws_lc_rs::rsa::PublicKey::from_der(der).map_err(|_| KeyError::NotRsa)?;
        let bits = rsa.modulus_len() * 8;
        if bits < MIN_BITS {
            return Err(KeyError::TooSmall { bits });
        }
        ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der)
            .map(|key| Self(Arc::new(key)))
            .map_err(|_| KeyError::NotRsa)
    }

    /// Whether this key made the signature (RSA, PKCS#1 v1.5, SHA-256).
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.verify_sig(message, signature).is_ok()
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PublicKey(RSA)")
    }
}

/// One of our own keys. Its `Debug` says nothing.
#[derive(Clone)]
pub struct PrivateKey(Arc<RsaKeyPair>);

impl PrivateKey {
    /// Makes a new RSA key of 2048 bits. Takes a tenth of a second or more of CPU: not for an async thread.
    pub fn generate() -> Result<Self, KeyError> {
        RsaKeyPair::generate(KeySize::Rsa2048)
            .map(|key| Self(Arc::new(key)))
            .map_err(|_| KeyError::Unmade)
    }

    /// Reads PKCS#8 in DER, as [`PrivateKey::to_pkcs8`] writes it.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        let key = RsaKeyPair::from_pkcs8(der).map_err(|_| KeyError::NotRsa)?;
        Ok(Self(Arc::new(key)))
    }

    /// Reads a private key in PEM, PKCS#8 or PKCS#1, as other servers keep them.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let block = pem::parse(text.trim()).map_err(|_| KeyError::NotAKey)?;
        match block.tag() {
            "PRIVATE KEY" => Self::from_pkcs8(block.contents()),
            "RSA PRIVATE KEY" => RsaKeyPair::from_der(block.contents())
                .map(|key| Self(Arc::new(key)))
                .map_err(|_| KeyError::NotRsa),
            _ => Err(KeyError::NotAKey),
        }
    }

    /// PKCS#8 in DER, to be stored encrypted.
    pub fn to_pkcs8(&self) -> Result<Vec<u8>, KeyError> {
        let der: Pkcs8V1Der<'_> = self.0.as_der().map_err(|_| KeyError::Unmade)?;
        Ok(der.as_ref().to_vec())
    }

    /// The public half as SPKI in PEM, for the actor document.
    pub fn public_pem(&self) -> Result<String, KeyError> {
        let der: PublicKeyX509Der<'_> =
            self.0.public_key().as_der().map_err(|_| KeyError::Unmade)?;
        let block = Pem::new("PUBLIC KEY", der.as_ref());
        Ok(pem::encode_config(
            &block,
            EncodeConfig::new().set_line_ending(LineEnding::LF),
        ))
    }

    /// The public half, to verify with.
    pub fn public_key(&self) -> Result<PublicKey, KeyError> {
        PublicKey::from_der(self.0.public_key().as_ref())
    }

    /// Signs with RSA, PKCS#1 v1.5, SHA-256. About a quarter of a millisecond.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.0.public_modulus_len()];
        self.0
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                message,
                &mut signature,
            )
            .expect("a parsed RSA key signs any message into a buffer of its own size");
        signature
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1024 bits, made for this test; its private half was thrown away.
    const SMALL: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDWM1XcQwML9bHa/Wb38MpFvKCQ
7m900fsWqUdsYQMwHzwq+gUGaUdL3pdEZI0QiwaIfwQWP33oWz6SyMbGAVKL7+0j
eHyGu4Gb5WeBG3cp3teJvtsophsQeImFH0aHrf3D5SaJX3P3AoasnUsl1cgjZcoi
KRhjYc5Yf/QnipAMLQIDAQAB
-----END PUBLIC KEY-----";

    /// 2048 bits in the older form.
    const PKCS1: &str = "-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAttwG66KciRUWnlkQ/E3QJBnMDvaVx7afcOi6EHjPHj/oy4AfdvS8
eUxYAP3q4CcEa0WEmHV6tSDy1WjIhscl2FbwRBWC0ze15N4sGYs1ORIfuqSOMA8e
jhXKMvNJKdzVPKmsrgRt74bUsVvuT0L2EXp4obh80mqCcBgsBt4/TTDi5KQ1Px/u
0cHvtpFzZ5X755q0Fpjznt6+uHwEWxWQrmTphRYHUEp/6tYfqmp+T90+MdX61MIN
yA4CgcVmb3kS29FFoUzhaHJR+DcPnDSG0Y+guQMASifEmC4RSfBCaYo6Vfbck30J
xw1RCvPYnbGiqG72rJCqPnsQf6dsHZgBHQIDAQAB
-----END RSA PUBLIC KEY-----";

    #[test]
    fn a_key_survives_storage_and_keeps_its_secret() {
        let key = PrivateKey::generate().unwrap();

        let again = PrivateKey::from_pkcs8(&key.to_pkcs8().unwrap()).unwrap();

        let public = PublicKey::from_pem(&key.public_pem().unwrap()).unwrap();
        assert!(public.verifies(b"message", &again.sign(b"message")));
        assert!(!public.verifies(b"another", &again.sign(b"message")));
        assert_eq!(format!("{key:?}"), "PrivateKey(***)");
        assert!(
            key.public_pem()
                .unwrap()
                .starts_with("-----BEGIN PUBLIC KEY-----\n")
        );
    }

    #[test]
    fn small_keys_are_refused_by_name_and_the_older_form_is_read() {
        assert_eq!(
            PublicKey::from_pem(SMALL).unwrap_err(),
            KeyError::TooSmall { bits: 1024 }
        );
        assert!(PublicKey::from_pem(PKCS1).is_ok());
    }

    #[test]
    fn damaged_keys_are_refused() {
        for bad in [
            "",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
            "hello",
        ] {
            assert_eq!(PublicKey::from_pem(bad).unwrap_err(), KeyError::NotAKey);
        }
        let damaged = PKCS1.replace("MIIBCgKC", "MIIBCgKD");
        assert_eq!(PublicKey::from_pem(&damaged).unwrap_err(), KeyError::NotRsa);
    }
}
