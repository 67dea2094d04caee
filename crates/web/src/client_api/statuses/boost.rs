//! Boosting posts.

use axum::extract::State as Extract;
use mastodon::forms::{self, Paging};
use model::{Status, Viewer};
use service::statuses;

use crate::{
    State,
    client_api::{answer, links::Here, lists, page},
    error::Answer,
    extract::{Member, Params, PathId, Visitor},
};

/// `POST /api/v1/statuses/:id/reblog`
pub(crate) async fn boost(
    Extract(state): Extract<State>,
    member: Member,
    PathId(id): PathId<Status>,
    Params(form): Params<forms::Boost>,
) -> Answer {
    let visibility = super::visibility(form.visibility.as_deref())?;
    let view = statuses::boost(&state.app, member.id, id, visibility).await?;
    answer(&state.renderer.status(&view, Viewer::Account(member.id)))
}

/// `POST /api/v1/statuses/:id/unreblog`
pub(crate) async fn unboost(
    Extract(state): Extract<State>,
    member: Member,
    PathId(id): PathId<Status>,
) -> Answer {
    let view = statuses::unboost(&state.app, member.id, id).await?;
    answer(&state.renderer.status(&view, Viewer::Account(member.id)))
}

/// `GET /api/v1/statuses/:id/reblogged_by`
pub(crate) async fn by_whom(
    Extract(state): Extract<State>,
    Visitor(viewer): Visitor,
    PathId(id): PathId<Status>,
    here: Here,
    Params(form): Params<Paging>,
) -> Answer {
    let page = page::ACCOUNTS.page(form);
    let found = statuses::boosted_by(&state.app, viewer, id, page).await?;
    lists::people(&state, &here, page, &found)
}
