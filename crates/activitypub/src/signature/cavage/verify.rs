//! Holding a signature against the request and a key.

use super::parse::Parameters;
use super::signing_string;
use crate::signature::{PublicKey, RequestParts, SignatureError};

/// With the query as sent, and once more without it, since Misskey and older Mastodon leave it out when they sign.
pub(crate) fn verify(
    signed: &Parameters,
    request: &RequestParts<'_>,
    key: &PublicKey,
) -> Result<(), SignatureError> {
    let matches = |target: &str| {
        signing_string::build(
            &signed.covered,
            request,
            target,
            (signed.created, signed.expires),
        )
        .is_some_and(|text| key.verifies(text.as_bytes(), &signed.signature))
    };
    if matches(request.target) || (request.target != request.path() && matches(request.path())) {
        Ok(())
    } else {
        Err(SignatureError::BadSignature)
    }
}
