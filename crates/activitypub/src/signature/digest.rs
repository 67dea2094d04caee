//! Digests of bodies: the older `Digest` header (RFC 3230) and `Content-Digest` (RFC 9530). SHA-256 only.

use aws_lc_rs::digest::{SHA256, digest as hash};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_PAD_INDIFFERENT};

use super::SignatureError;

/// The `Digest` header for a body. Made once per activity and reused for every inbox.
pub fn digest(body: &[u8]) -> String {
    format!("SHA-256={}", STANDARD.encode(hash(&SHA256, body)))
}

/// The `Content-Digest` header for a body.
pub fn content_digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(hash(&SHA256, body)))
}

/// Holds a `Digest` header against the body.
pub(super) fn check(header: &str, body: &[u8]) -> Result<(), SignatureError> {
    check_entries(header, body, |value| Some(value))
}

/// Holds a `Content-Digest` header against the body.
pub(super) fn check_content(header: &str, body: &[u8]) -> Result<(), SignatureError> {
    check_entries(header, body, |value| {
        value.strip_prefix(':')?.strip_suffix(':')
    })
}

/// Every SHA-256 in a comma-separated list must be the body's; other algorithms are passed over.
fn check_entries(
    header: &str,
    body: &[u8],
    unwrap: impl Fn(&str) -> Option<&str>,
) -> Result<(), SignatureError> {
    let mut found = false;
    for entry in header.split(',') {
        let (name, value) = entry
            .trim()
            .split_once('=')
            .ok_or(SignatureError::MalformedDigest)?;
        if !name.trim().eq_ignore_ascii_case("sha-256") {
            continue;
        }
        let encoded = unwrap(value.trim()).ok_or(SignatureError::MalformedDigest)?;
        let claimed = STANDARD_PAD_INDIFFERENT
            .decode(encoded)
            .map_err(|_| SignatureError::MalformedDigest)?;
        if claimed.len() != 32 {
            return Err(SignatureError::MalformedDigest);
        }
        if hash(&SHA256, body).as_ref() != claimed {
            return Err(SignatureError::DigestMismatch);
        }
        found = true;
    }
    if found {
        Ok(())
    } else {
        Err(SignatureError::UnsupportedDigest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_we_write_we_accept_for_that_body_only() {
        assert_eq!(check(&digest(b"body"), b"body"), Ok(()));
        assert_eq!(
            check(&digest(b"body"), b"other"),
            Err(SignatureError::DigestMismatch)
        );
        assert_eq!(check_content(&content_digest(b"body"), b"body"), Ok(()));
        assert_eq!(
            check_content(&content_digest(b"body"), b"other"),
            Err(SignatureError::DigestMismatch)
        );
    }

    #[test]
    fn what_cannot_be_read_is_told_apart_from_what_is_wrong() {
        assert_eq!(check("nonsense", b""), Err(SignatureError::MalformedDigest));
        assert_eq!(
            check("SHA-256=AAAA", b""),
            Err(SignatureError::MalformedDigest)
        );
        assert_eq!(
            check("SHA-256=*", b""),
            Err(SignatureError::MalformedDigest)
        );
        assert_eq!(
            check("MD5=AAAA", b""),
            Err(SignatureError::UnsupportedDigest)
        );
        assert_eq!(
            check_content("sha-256=AAAA", b""),
            Err(SignatureError::MalformedDigest)
        );
    }
}
