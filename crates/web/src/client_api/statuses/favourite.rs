//! Marking posts as favourites.

use axum::extract::State as Extract;
use mastodon::forms::Paging;
use model::{Status, Viewer};
use service::statuses;

use crate::{
    State,
    client_api::{answer, links::Here, lists, page},
    error::Answer,
    extract::{Member, Params, PathId, Visitor},
};

/// `POST /api/v1/statuses/:id/favourite`
pub(crate) async fn favourite(
    Extract(state): Extract<State>,
    member: Member,
    PathId(id): PathId<Status>,
) -> Answer {
    let view = statuses::favourite(&state.app, member.id, id).await?;
    answer(&state.renderer.status(&view, Viewer::Account(member.id)))
}

/// `POST /api/v1/statuses/:id/unfavourite`
pub(crate) async fn unfavourite(
    Extract(state): Extract<State>,
    member: Member,
    PathId(id): PathId<Status>,
) -> Answer {
    let view = statuses::unfavourite(&state.app, member.id, id).await?;
    answer(&state.renderer.status(&view, Viewer::Account(member.id)))
}

/// `GET /api/v1/statuses/:id/favourited_by`
pub(crate) async fn by_whom(
    Extract(state): Extract<State>,
    Visitor(viewer): Visitor,
    PathId(id): PathId<Status>,
    here: Here,
    Params(form): Params<Paging>,
) -> Answer {
    let page = page::ACCOUNTS.page(form);
    let found = statuses::favourited_by(&state.app, viewer, id, page).await?;
    lists::people(&state, &here, page, &found)
}

/// `GET /api/v1/favourites`
pub(crate) async fn list(
    Extract(state): Extract<State>,
    member: Member,
    here: Here,
    Params(form): Params<Paging>,
) -> Answer {
    let page = page::STATUSES.page(form);
    let found = statuses::favourites(&state.app, member.id, page).await?;
    lists::marked(&state, &here, page, (&found, Viewer::Account(member.id))).await
}
