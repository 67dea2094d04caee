//! The thread around a post.

use axum::extract::State as Extract;
use mastodon::Context;
use model::Status;
use service::statuses;

use crate::{
    State,
    client_api::answer,
    error::Answer,
    extract::{PathId, Visitor},
};

/// `GET /api/v1/statuses/:id/context`
pub(crate) async fn context(
    Extract(state): Extract<State>,
    Visitor(viewer): Visitor,
    PathId(id): PathId<Status>,
) -> Answer {
    let thread = statuses::context(&state.app, viewer, id).await?;
    answer(&Context {
        ancestors: state.renderer.statuses(&thread.ancestors, viewer),
        descendants: state.renderer.statuses(&thread.descendants, viewer),
    })
}
