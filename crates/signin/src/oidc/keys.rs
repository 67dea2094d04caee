//! The provider's keys (JSON Web Key Set, RFC 7517).

use jsonwebtoken::{
    Algorithm, DecodingKey, Header,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse},
};
use serde_json::Value;

/// More keys than this nobody has.
const MOST: usize = 100;

/// The provider's keys that can check signatures.
#[derive(Debug, Default)]
pub(super) struct Keys(Vec<Jwk>);

impl Keys {
    /// Those of a set that can be read; a kind of key nobody here knows does not spoil the others.
    pub(super) fn of(set: &Value) -> Self {
        let keys = set.get("keys").and_then(Value::as_array);
        let keys = keys.into_iter().flatten().take(MOST);
        let readable = keys.filter_map(|key| serde_json::from_value(key.clone()).ok());
        Self(readable.collect())
    }

    /// The key for a token: by its id, and without one the only key that fits.
    pub(super) fn find(&self, header: &Header) -> Option<DecodingKey> {
        let mut fitting = self.0.iter().filter(|key| {
            let is_named = match &header.kid {
                Some(id) => key.common.key_id.as_ref() == Some(id),
                None => true,
            };
            is_named && fits(key, header.alg)
        });
        let key = fitting.next()?;
        if fitting.next().is_some() {
            return None;
        }
        DecodingKey::from_jwk(key).ok()
    }
}

/// Whether a key may check this algorithm. A key is of one kind, so a token cannot choose to be checked by a public
/// key as if it were a shared secret.
fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let is_of_kind = match (&key.algorithm, algorithm) {
        (AlgorithmParameters::RSA(_), Algorithm::RS256 | Algorithm::PS256) => true,
        (AlgorithmParameters::EllipticCurve(key), Algorithm::ES256) => {
            key.curve == EllipticCurve::P256
        }
        (AlgorithmParameters::OctetKeyPair(key), Algorithm::EdDSA) => {
            key.curve == EllipticCurve::Ed25519
        }
        _ => false,
    };
    let is_for_signatures = match &key.common.public_key_use {
        Some(usage) => *usage == PublicKeyUse::Signature,
        None => true,
    };
    let is_for_algorithm = match key.common.key_algorithm {
        Some(only) => only == algorithm.into(),
        None => true,
    };
    is_of_kind && is_for_signatures && is_for_algorithm
}
