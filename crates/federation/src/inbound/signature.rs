//! Who signed a request.
//!
//! In this order: the header is read, the signer's server is not shut out, everything that needs no key is checked,
//! the key is looked up (or fetched), the signature is verified, and once more with the key fetched anew if it did not
//! fit. Nothing is fetched for a request that fails a cheap check (S20).

use activitypub::Host;
use activitypub::signature::{RequestParts, SignatureError, Signed};
use http::header::HOST;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};
use std::borrow::Cow;

use super::error::Rejection;
use crate::domains;
use crate::edge::State;
use crate::keys::{self, KeyProblem, Peer};

/// Verifies a request's signature.
pub(crate) async fn verify(state: &State, parts: &Parts, body: &[u8]) -> Result<Peer, Rejection> {
    let target = parts
        .uri
        .path_and_query()
        .map_or("/", http::uri::PathAndQuery::as_str);
    let headers = with_host(parts);
    let request = RequestParts {
        method: &parts.method,
        target,
        headers: &headers,
        body,
        base_url: state.app.urls.base(),
    };
    let signed = Signed::parse(&request).map_err(refused)?;
    let host =
        Host::of_id(signed.key_id()).ok_or(Rejection::unauthorized("malformed_signature"))?;
    if domains::is_ours(&state.app, &host) {
        return Err(Rejection::unauthorized("own_key"));
    }
    if domains::is_blocked(&state.app, &host).await? {
        return Err(Rejection::new(
            StatusCode::FORBIDDEN,
            SignatureError::DomainBlocked.code(),
        ));
    }
    signed
        .check(
            &request,
            &domains::our_hosts(&state.app),
            state.app.clock.now(),
        )
        .map_err(refused)?;

    let peer = keys::find(state, signed.key_id())
        .await?
        .map_err(without_key)?;
    let Err(first) = signed.verify(&request, &peer.key) else {
        return Ok(peer);
    };
    let Some(renewed) = keys::refresh(state, signed.key_id()).await? else {
        return Err(refused(first));
    };
    let peer = renewed.map_err(without_key)?;
    signed.verify(&request, &peer.key).map_err(refused)?;
    Ok(peer)
}

/// The headers as they were signed: HTTP/2 carries the host beside them.
fn with_host(parts: &Parts) -> Cow<'_, HeaderMap> {
    let authority = parts
        .uri
        .authority()
        .filter(|_| !parts.headers.contains_key(HOST));
    let Some(host) = authority.and_then(|host| HeaderValue::from_str(host.as_str()).ok()) else {
        return Cow::Borrowed(&parts.headers);
    };
    let mut headers = parts.headers.clone();
    headers.insert(HOST, host);
    Cow::Owned(headers)
}

fn refused(error: SignatureError) -> Rejection {
    let status = match error {
        SignatureError::MalformedDigest => StatusCode::BAD_REQUEST,
        SignatureError::DomainBlocked => StatusCode::FORBIDDEN,
        _ => StatusCode::UNAUTHORIZED,
    };
    Rejection::new(status, error.code())
}

fn without_key(problem: KeyProblem) -> Rejection {
    match problem {
        KeyProblem::Unreachable => Rejection::unavailable("key_unreachable"),
        KeyProblem::Unusable(code) => Rejection::unauthorized(code),
        KeyProblem::Ours => Rejection::unauthorized("own_key"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_over_http_2_has_its_host_among_the_signed_headers() {
        let (parts, ()) = http::Request::post("https://moot.example/inbox")
            .body(())
            .unwrap()
            .into_parts();
        assert_eq!(with_host(&parts)["host"], "moot.example");

        let (parts, ()) = http::Request::post("/inbox")
            .header("host", "moot.example")
            .body(())
            .unwrap()
            .into_parts();
        assert!(matches!(with_host(&parts), Cow::Borrowed(_)));
    }
}
