//! Who signed a request.
//!
//! In this order: the header is read, the signer's server is not shut out, everything that needs no key is checked,
//! the key is looked up (or fetched), the signature is verified, and once more with the key fetched anew if it did not
//! fit. Nothing is fetched for a request that fails a cheap check (S20).

use activitypub::Host;
use activitypub::signature::{RequestParts, SignatureError, Signed};
use http::StatusCode;
use http::request::Parts;

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
    let request = RequestParts {
        method: &parts.method,
        target,
        headers: &parts.headers,
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
