//! People by a part of their name, for completing it.

use axum::extract::State as Extract;
use mastodon::forms::AccountSearch;
use model::Viewer;
use service::search::{self, SearchKind, SearchQuery};

use crate::{
    State,
    client_api::{answer, page},
    error::Answer,
    extract::{Member, Params},
};

/// `GET /api/v1/accounts/search`
pub(crate) async fn search(
    Extract(state): Extract<State>,
    member: Member,
    Params(form): Params<AccountSearch>,
) -> Answer {
    let query = SearchQuery {
        q: form.q.unwrap_or_default(),
        kind: Some(SearchKind::Accounts),
        resolve: form.resolve.unwrap_or(false),
        following: form.following.unwrap_or(false),
        limit: page::ACCOUNTS.of(form.paging.limit),
        offset: form.paging.offset.unwrap_or(0).max(0),
    };
    let found = search::accounts(&state.app, Viewer::Account(member.id), &query).await?;
    answer(
        &found
            .iter()
            .map(|account| state.renderer.account(account))
            .collect::<Vec<_>>(),
    )
}
