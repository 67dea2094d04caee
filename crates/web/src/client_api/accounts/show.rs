//! One account or several, by id or handle.

use axum::extract::State as Extract;
use mastodon::forms::{AccountLookup, Ids};
use model::{Account, AccountId, Handle};
use service::accounts;

use crate::{
    State,
    client_api::answer,
    error::{Answer, ApiError},
    extract::{Params, PathId},
};

/// The most accounts that may be asked for at once.
const AT_ONCE: usize = 40;

/// `GET /api/v1/accounts/:id`
pub(crate) async fn one(Extract(state): Extract<State>, PathId(id): PathId<Account>) -> Answer {
    let account = accounts::get(&state.app, id).await?;
    answer(&state.renderer.account(&account))
}

/// `GET /api/v1/accounts`
pub(crate) async fn several(Extract(state): Extract<State>, Params(form): Params<Ids>) -> Answer {
    if form.id.len() > AT_ONCE {
        return Err(ApiError::invalid(
            "Validation failed: Id has too many entries (at most 40)",
        ));
    }
    let ids: Vec<_> = form.id.into_iter().map(AccountId::new).collect();
    let found = accounts::many(&state.app, &ids).await?;
    answer(
        &found
            .iter()
            .map(|account| state.renderer.account(account))
            .collect::<Vec<_>>(),
    )
}

/// `GET /api/v1/accounts/lookup`
pub(crate) async fn lookup(
    Extract(state): Extract<State>,
    Params(form): Params<AccountLookup>,
) -> Answer {
    let handle = form
        .acct
        .as_deref()
        .and_then(|acct| acct.parse::<Handle>().ok());
    let handle = handle.ok_or(ApiError::NotFound)?;
    let account = accounts::lookup(&state.app, &handle).await?;
    answer(&state.renderer.account(&account))
}
