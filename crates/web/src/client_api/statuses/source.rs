//! A post as typed, for editing it.

use axum::extract::State as Extract;
use model::{Status, Viewer};
use service::statuses;

use crate::{
    State,
    client_api::answer,
    error::Answer,
    extract::{Member, PathId},
    render::statuses::status_source,
};

/// `GET /api/v1/statuses/:id/source`
pub(crate) async fn source(
    Extract(state): Extract<State>,
    member: Member,
    PathId(id): PathId<Status>,
) -> Answer {
    let view = statuses::get(&state.app, Viewer::Account(member.id), id).await?;
    answer(&status_source(&view))
}
