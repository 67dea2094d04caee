//! Who asks: anybody, or a person of another server who has signed the request.

use http::request::Parts;
use model::Viewer;

use crate::edge::State;
use crate::inbound::{Rejection, signature};

/// Reads the signature of a GET, if there is one. A wrong one is an error, since it was meant to open something.
pub(super) async fn viewer(state: &State, parts: &Parts) -> Result<Viewer, Rejection> {
    if !is_signed(parts) {
        return Ok(Viewer::Anybody);
    }
    match signature::verify(state, parts, &[]).await {
        Ok(peer) => Ok(Viewer::Account(peer.account_id)),
        // Outside secure mode a signature that cannot be checked opens nothing, and closes nothing.
        Err(rejection) if state.edge.settings.requires_signed_fetch || rejection.is_forbidden() => {
            Err(rejection)
        }
        Err(_) => Ok(Viewer::Anybody),
    }
}

/// The same, where the operator lets nobody read without a signature.
pub(super) async fn admitted(state: &State, parts: &Parts) -> Result<Viewer, Rejection> {
    let viewer = viewer(state, parts).await?;
    if state.edge.settings.requires_signed_fetch && viewer == Viewer::Anybody {
        return Err(Rejection::unauthorized("not_signed"));
    }
    Ok(viewer)
}

fn is_signed(parts: &Parts) -> bool {
    parts.headers.contains_key("signature") || parts.headers.contains_key("signature-input")
}
