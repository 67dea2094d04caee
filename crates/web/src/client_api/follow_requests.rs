//! Those who ask to follow the member.

use axum::extract::State as Extract;
use mastodon::forms::Paging;
use model::Account;
use service::relationships;

use super::{answer, links::Here, lists, page};
use crate::{
    State,
    error::Answer,
    extract::{Member, Params, PathId},
    render::relationships::relationship,
};

/// `GET /api/v1/follow_requests`
pub(super) async fn list(
    Extract(state): Extract<State>,
    member: Member,
    here: Here,
    Params(form): Params<Paging>,
) -> Answer {
    let page = page::ACCOUNTS.page(form);
    let found = relationships::requests(&state.app, member.id, page).await?;
    lists::people(&state, &here, page, &found)
}

/// `POST /api/v1/follow_requests/:account_id/authorize`
pub(super) async fn authorize(
    Extract(state): Extract<State>,
    member: Member,
    PathId(follower): PathId<Account>,
) -> Answer {
    let after = relationships::accept_request(&state.app, member.id, follower).await?;
    answer(&relationship(&after))
}

/// `POST /api/v1/follow_requests/:account_id/reject`
pub(super) async fn reject(
    Extract(state): Extract<State>,
    member: Member,
    PathId(follower): PathId<Account>,
) -> Answer {
    let after = relationships::reject_request(&state.app, member.id, follower).await?;
    answer(&relationship(&after))
}
