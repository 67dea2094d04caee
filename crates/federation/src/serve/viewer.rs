//! Who asks: anybody, or a person of another server who has signed the request.

use http::request::Parts;
use model::Viewer;

use crate::edge::State;
use crate::inbound::{Rejection, signature};

/// Reads the signature of a GET, if there is one. Ask only where it opens something: looking up a stranger's key costs
/// requests, and what is for everybody needs none.
pub(super) async fn viewer(state: &State, parts: &Parts) -> Result<Viewer, Rejection> {
    if !is_signed(parts) {
        return Ok(Viewer::Anybody);
    }
    match Box::pin(signature::verify(state, parts, &[])).await {
        Ok(peer) => Ok(Viewer::Account(peer.account_id)),
        Err(rejection) if rejection.is_forbidden() || is_strict(state) => Err(rejection),
        // A signature that cannot be checked opens nothing, and closes nothing.
        Err(_) => Ok(Viewer::Anybody),
    }
}

/// Where the operator lets nobody read without a signature, that signature; elsewhere anybody is welcome.
pub(super) async fn admitted(state: &State, parts: &Parts) -> Result<Viewer, Rejection> {
    if !is_strict(state) {
        return Ok(Viewer::Anybody);
    }
    match viewer(state, parts).await? {
        Viewer::Anybody => Err(Rejection::unauthorized("not_signed")),
        viewer @ Viewer::Account(_) => Ok(viewer),
    }
}

/// Whether documents are only for those who sign (secure mode).
pub(super) fn is_strict(state: &State) -> bool {
    state.edge.settings.requires_signed_fetch
}

fn is_signed(parts: &Parts) -> bool {
    parts.headers.contains_key("signature") || parts.headers.contains_key("signature-input")
}
