//! Actors: members by number or name, and the server's own.

use activitypub::emit::{Context, to_document};
use activitypub::media_type::{Representation, negotiate};
use axum::extract::{Path, Request, State as Shared};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, header};
use model::{Account, Handle, Username};
use service::accounts;

use super::answer::{self, not_found};
use super::viewer::{admitted, is_strict};
use crate::edge::State;
use crate::inbound::Rejection;
use crate::outbound::documents;

/// `GET /ap/users/{id}`, `GET /users/{name}`: the document to servers, the profile page to browsers.
pub(super) async fn show(
    Shared(state): Shared<State>,
    Path(account): Path<String>,
    request: Request,
) -> Result<Response, Rejection> {
    let (parts, _) = request.into_parts();
    let account = find(&state, &parts, &account).await?;
    if wants(&parts.headers) == Representation::Html {
        return Ok(answer::page(&account.url));
    }
    document(&state, &parts, &account).await
}

/// `GET /actor`: for everybody, also where everything else wants a signature; two strict servers could never begin to
/// talk otherwise.
pub(super) async fn instance(Shared(state): Shared<State>) -> Result<Response, Rejection> {
    Ok(answer::public(documents::instance_actor(&state).await?).into_response())
}

/// The member an address names. Each is found by number and by name, whatever its own address is.
pub(super) async fn find(state: &State, parts: &Parts, named: &str) -> Result<Account, Rejection> {
    let account = if parts.uri.path().starts_with("/ap/") {
        accounts::get(&state.app, named.parse().map_err(|_| not_found())?).await?
    } else {
        by_name(state, named).await?
    };
    if account.is_gone() {
        Err(answer::gone())
    } else if account.is_local() {
        Ok(account)
    } else {
        Err(not_found())
    }
}

/// A member by name.
pub(super) async fn by_name(state: &State, name: &str) -> Result<Account, Rejection> {
    let username = Username::for_member(name).map_err(|_| not_found())?;
    Ok(accounts::lookup(
        &state.app,
        &Handle {
            username,
            domain: None,
        },
    )
    .await?)
}

/// The actor's document, for who may read it.
pub(super) async fn document(
    state: &State,
    parts: &Parts,
    account: &Account,
) -> Result<Response, Rejection> {
    admitted(state, parts).await?;
    let document = to_document(Context::Actor, &documents::actor(state, account).await?);
    if is_strict(state) {
        return Ok(answer::private(document));
    }
    Ok(answer::public(document))
}

/// What the visitor's `Accept` header asks for.
pub(super) fn wants(headers: &HeaderMap) -> Representation {
    negotiate(
        headers
            .get(header::ACCEPT)
            .and_then(|accept| accept.to_str().ok()),
    )
}
