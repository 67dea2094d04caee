//! Removing a post.

use axum::extract::State as Extract;
use model::Status;
use service::statuses;

use crate::{
    State,
    client_api::answer,
    error::Answer,
    extract::{Member, PathId},
};

/// `DELETE /api/v1/statuses/:id`
pub(crate) async fn delete(
    Extract(state): Extract<State>,
    member: Member,
    PathId(id): PathId<Status>,
) -> Answer {
    let removed = statuses::delete(&state.app, member.id, id).await?;
    answer(&state.renderer.deleted_status(&removed))
}
