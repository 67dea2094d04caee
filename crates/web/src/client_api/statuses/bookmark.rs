//! Bookmarking posts, which only the member sees.

use axum::extract::State as Extract;
use mastodon::forms::Paging;
use model::{Status, Viewer};
use service::statuses;

use crate::{
    State,
    client_api::{answer, links::Here, lists, page},
    error::Answer,
    extract::{Member, Params, PathId},
};

/// `POST /api/v1/statuses/:id/bookmark`
pub(crate) async fn bookmark(
    Extract(state): Extract<State>,
    member: Member,
    PathId(id): PathId<Status>,
) -> Answer {
    let view = statuses::bookmark(&state.app, member.id, id).await?;
    answer(&state.renderer.status(&view, Viewer::Account(member.id)))
}

/// `POST /api/v1/statuses/:id/unbookmark`
pub(crate) async fn unbookmark(
    Extract(state): Extract<State>,
    member: Member,
    PathId(id): PathId<Status>,
) -> Answer {
    let view = statuses::unbookmark(&state.app, member.id, id).await?;
    answer(&state.renderer.status(&view, Viewer::Account(member.id)))
}

/// `GET /api/v1/bookmarks`
pub(crate) async fn list(
    Extract(state): Extract<State>,
    member: Member,
    here: Here,
    Params(form): Params<Paging>,
) -> Answer {
    let page = page::STATUSES.page(form);
    let found = statuses::bookmarks(&state.app, member.id, page).await?;
    lists::marked(&state, &here, page, (&found, Viewer::Account(member.id))).await
}
