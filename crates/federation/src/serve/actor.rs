//! Actors: members by number or name, and the server's own.

use activitypub::media_type::{Representation, negotiate};
use axum::extract::{Path, Request, State as Shared};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, header};
use model::account::{Card, Named};
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
    let named = if parts.uri.path().starts_with("/ap/") {
        Named::Id(account.parse().map_err(|_| not_found())?)
    } else {
        Named::Name(Username::for_member(&account).map_err(|_| not_found())?)
    };
    let card = card(&state, &named).await?;
    if wants(&parts.headers) == Representation::Html {
        return Ok(answer::page(&card.url));
    }
    document(&state, &parts, &card).await
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

/// Where a member is to be found.
pub(super) async fn card(state: &State, named: &Named) -> Result<Card, Rejection> {
    let card = accounts::card(&state.app, named).await?;
    let card = card.ok_or_else(not_found)?;
    if card.is_gone {
        return Err(answer::gone());
    }
    Ok(card)
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
    card: &Card,
) -> Result<Response, Rejection> {
    admitted(state, parts).await?;
    let document = state.edge.actors.document(state, card).await?;
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
