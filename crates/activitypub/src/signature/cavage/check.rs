//! What can be refused before any key is looked up.

use time::OffsetDateTime;

use super::parse::Parameters;
use crate::Host;
use crate::signature::window::{Window, from_unix};
use crate::signature::{RequestParts, SignatureError, digest};

/// Algorithm, time, coverage, digest and host, in this order.
pub(crate) fn check(
    signed: &Parameters,
    request: &RequestParts<'_>,
    our_hosts: &[Host],
    now: OffsetDateTime,
) -> Result<(), SignatureError> {
    algorithm(signed)?;
    window(signed, request)?.contains(now)?;
    strength(signed, request)?;
    body(signed, request)?;
    host(request, our_hosts)
}

/// hs2019 leaves the algorithm to the key, which here is always RSA with SHA-256.
fn algorithm(signed: &Parameters) -> Result<(), SignatureError> {
    if signed.is_hs2019() {
        return Ok(());
    }
    if !signed
        .algorithm
        .as_deref()
        .is_some_and(|name| name.eq_ignore_ascii_case("rsa-sha256"))
    {
        return Err(SignatureError::UnsupportedAlgorithm);
    }
    if signed.covers("(created)") || signed.covers("(expires)") {
        return Err(SignatureError::CreatedNotAllowed);
    }
    Ok(())
}

/// Only signed times count (S14): anybody on the way could change the others.
fn window(signed: &Parameters, request: &RequestParts<'_>) -> Result<Window, SignatureError> {
    if signed.covers("(created)") {
        let created = from_unix(signed.created.ok_or(SignatureError::MissingParameter)?)?;
        return Ok(Window {
            created,
            expires: expires(signed)?,
        });
    }
    let date = request
        .only_header("date")?
        .ok_or(SignatureError::MissingParameter)?;
    let date =
        httpdate::parse_http_date(date.trim()).map_err(|_| SignatureError::MalformedSignature)?;
    Ok(Window {
        created: OffsetDateTime::from(date),
        expires: expires(signed)?,
    })
}

fn expires(signed: &Parameters) -> Result<Option<OffsetDateTime>, SignatureError> {
    if !signed.covers("(expires)") {
        return Ok(None);
    }
    from_unix(signed.expires.ok_or(SignatureError::MissingParameter)?).map(Some)
}

/// Method, path, host, time and body must all be signed (S14). Mastodon asks a little less, but all current software
/// signs these.
fn strength(signed: &Parameters, request: &RequestParts<'_>) -> Result<(), SignatureError> {
    let timed = signed.covers("date") || signed.covers("(created)");
    let bodied = !request.must_cover_body() || signed.covers("digest");
    if timed && bodied && signed.covers("(request-target)") && signed.covers("host") {
        Ok(())
    } else {
        Err(SignatureError::WeakSignature)
    }
}

fn body(signed: &Parameters, request: &RequestParts<'_>) -> Result<(), SignatureError> {
    if !signed.covers("digest") {
        return Ok(());
    }
    let header = request
        .only_header("digest")?
        .ok_or(SignatureError::DigestMissing)?;
    digest::check(header, request.body)
}

/// A request signed for another server must not be replayed to us (S14).
fn host(request: &RequestParts<'_>, our_hosts: &[Host]) -> Result<(), SignatureError> {
    let header = request
        .only_header("host")?
        .ok_or(SignatureError::HostMismatch)?;
    let host = Host::parse(header.trim()).map_err(|_| SignatureError::HostMismatch)?;
    if our_hosts.contains(&host) {
        Ok(())
    } else {
        Err(SignatureError::HostMismatch)
    }
}
