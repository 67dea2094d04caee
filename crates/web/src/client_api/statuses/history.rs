//! The versions of a post.

use axum::extract::State as Extract;
use model::Status;
use service::statuses;

use crate::{
    State,
    client_api::answer,
    error::Answer,
    extract::{PathId, Visitor},
};

/// `GET /api/v1/statuses/:id/history`
pub(crate) async fn history(
    Extract(state): Extract<State>,
    Visitor(viewer): Visitor,
    PathId(id): PathId<Status>,
) -> Answer {
    let (author, versions) = statuses::history(&state.app, viewer, id).await?;
    let versions = versions
        .iter()
        .map(|version| state.renderer.status_edit(&author, version));
    answer(&versions.collect::<Vec<_>>())
}
