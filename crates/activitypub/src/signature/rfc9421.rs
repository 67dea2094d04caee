//! HTTP Message Signatures (RFC 9421), as Mastodon, Fedify and others use them.

use time::OffsetDateTime;

use super::{PublicKey, RequestParts, SignatureError};
use crate::Host;

/// One signature taken apart.
#[derive(Debug, Clone)]
pub struct Parameters {
    /// `keyid`.
    pub key_id: String,
}

pub(super) fn parse(_request: &RequestParts<'_>) -> Result<Parameters, SignatureError> {
    Err(SignatureError::UnsupportedAlgorithm)
}

pub(super) fn check(
    _signed: &Parameters,
    _request: &RequestParts<'_>,
    _our_hosts: &[Host],
    _now: OffsetDateTime,
) -> Result<(), SignatureError> {
    Err(SignatureError::UnsupportedAlgorithm)
}

pub(super) fn verify(
    _signed: &Parameters,
    _request: &RequestParts<'_>,
    _key: &PublicKey,
) -> Result<(), SignatureError> {
    Err(SignatureError::UnsupportedAlgorithm)
}
