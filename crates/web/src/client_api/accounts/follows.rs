//! Who follows an account and whom it follows.

use axum::extract::State as Extract;
use mastodon::forms::Paging;
use model::Account;
use service::accounts;

use crate::{
    State,
    client_api::{links::Here, lists, page},
    error::Answer,
    extract::{Params, PathId, Visitor},
};

/// `GET /api/v1/accounts/:id/followers`
pub(crate) async fn followers(
    Extract(state): Extract<State>,
    Visitor(viewer): Visitor,
    PathId(id): PathId<Account>,
    here: Here,
    Params(form): Params<Paging>,
) -> Answer {
    let page = page::ACCOUNTS.page(form);
    let found = accounts::followers(&state.app, viewer, id, page).await?;
    lists::people(&state, &here, page, &found)
}

/// `GET /api/v1/accounts/:id/following`
pub(crate) async fn following(
    Extract(state): Extract<State>,
    Visitor(viewer): Visitor,
    PathId(id): PathId<Account>,
    here: Here,
    Params(form): Params<Paging>,
) -> Answer {
    let page = page::ACCOUNTS.page(form);
    let found = accounts::following(&state.app, viewer, id, page).await?;
    lists::people(&state, &here, page, &found)
}
