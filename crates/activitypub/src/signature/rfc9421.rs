//! HTTP Message Signatures (RFC 9421), as Mastodon, Fedify and others use them.
//!
//! Of several signatures the first that names its key counts. Components with parameters of their own (`;sf`, `;bs`,
//! `;req`, …) are not used by anybody and not supported.

mod base;
mod fields;
pub mod sign;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_PAD_INDIFFERENT;
use time::OffsetDateTime;

use super::window::{Window, from_unix};
use super::{PublicKey, RequestParts, SignatureError, digest};
use fields::Input;

/// The only algorithm; the name may be left out, since the key says it.
const ALGORITHM: &str = "rsa-v1_5-sha256";
/// Longest headers read, in bytes.
const MAX_HEADER_BYTES: usize = 16 * 1024;

/// One signature taken apart.
#[derive(Debug, Clone)]
pub struct Parameters {
    /// `keyid`.
    pub key_id: String,
    /// Covered components in the order they were signed.
    covered: Vec<String>,
    created: i64,
    expires: Option<i64>,
    algorithm: Option<String>,
    /// The inner list with its parameters exactly as sent, which is signed too.
    raw: String,
    signature: Vec<u8>,
}

impl Parameters {
    fn covers(&self, component: &str) -> bool {
        self.covered.iter().any(|covered| covered == component)
    }
}

/// Reads `Signature-Input` and `Signature`.
pub(super) fn parse(request: &RequestParts<'_>) -> Result<Parameters, SignatureError> {
    let inputs = header(request, "signature-input")?;
    let inputs = fields::inputs(&inputs).ok_or(SignatureError::MalformedSignature)?;
    let signatures = header(request, "signature")?;
    let signatures =
        fields::byte_sequences(&signatures).ok_or(SignatureError::MalformedSignature)?;
    let input = inputs
        .into_iter()
        .find(|input| input.key_id.is_some())
        .ok_or(SignatureError::MissingParameter)?;
    let encoded = signatures
        .iter()
        .find_map(|(label, encoded)| (*label == input.label).then_some(*encoded))
        .ok_or(SignatureError::MalformedSignature)?;
    let signature = STANDARD_PAD_INDIFFERENT
        .decode(encoded)
        .map_err(|_| SignatureError::MalformedSignature)?;
    let Input {
        key_id: Some(key_id),
        created: Some(created),
        ..
    } = input
    else {
        return Err(SignatureError::MissingParameter);
    };
    Ok(Parameters {
        key_id: key_id.to_owned(),
        covered: input.components.into_iter().map(str::to_owned).collect(),
        created,
        expires: input.expires,
        algorithm: input.algorithm.map(str::to_owned),
        raw: input.raw.to_owned(),
        signature,
    })
}

fn header(request: &RequestParts<'_>, name: &str) -> Result<String, SignatureError> {
    let mut text = String::new();
    if !request.write_header(name, &mut text) || text.len() > MAX_HEADER_BYTES {
        return Err(SignatureError::MalformedSignature);
    }
    Ok(text)
}

/// Algorithm, time, coverage and digest. The host needs no check of its own: the signed address is rebuilt from ours.
pub(super) fn check(
    signed: &Parameters,
    request: &RequestParts<'_>,
    now: OffsetDateTime,
) -> Result<(), SignatureError> {
    if signed
        .algorithm
        .as_deref()
        .is_some_and(|algorithm| algorithm != ALGORITHM)
    {
        return Err(SignatureError::UnsupportedAlgorithm);
    }
    let expires = signed.expires.map(from_unix).transpose()?;
    Window {
        created: from_unix(signed.created)?,
        expires,
    }
    .contains(now)?;
    strength(signed, request)?;
    if !signed.covers("content-digest") {
        return Ok(());
    }
    let mut header = String::new();
    if !request.write_header("content-digest", &mut header) {
        return Err(SignatureError::DigestMissing);
    }
    digest::check_content(&header, request.body)
}

/// Method, address and body must be signed (S14). The address may come in pieces.
fn strength(signed: &Parameters, request: &RequestParts<'_>) -> Result<(), SignatureError> {
    let query = request.path() == request.target || signed.covers("@query");
    let in_pieces = signed.covers("@authority") && signed.covers("@path") && query;
    let addressed = signed.covers("@target-uri") || in_pieces;
    let bodied = !request.must_cover_body() || signed.covers("content-digest");
    if signed.covers("@method") && addressed && bodied {
        Ok(())
    } else {
        Err(SignatureError::WeakSignature)
    }
}

/// Holds the signature against the request and a key.
pub(super) fn verify(
    signed: &Parameters,
    request: &RequestParts<'_>,
    key: &PublicKey,
) -> Result<(), SignatureError> {
    let base =
        base::build(&signed.covered, &signed.raw, request).ok_or(SignatureError::BadSignature)?;
    if key.verifies(base.as_bytes(), &signed.signature) {
        Ok(())
    } else {
        Err(SignatureError::BadSignature)
    }
}
