//! The thread around a post. <https://docs.joinmastodon.org/entities/Context/>

use axum::extract::State as Extract;
use model::Status;
use service::statuses;

use crate::{
    State,
    client_api::json,
    error::Answer,
    extract::{PathId, Visitor},
    shelf::{Hand, Page},
};

/// `GET /api/v1/statuses/:id/context`
pub(crate) async fn context(
    Extract(state): Extract<State>,
    Visitor(viewer): Visitor,
    PathId(id): PathId<Status>,
) -> Answer {
    let thread = statuses::context(&state.app, viewer, id).await?;
    let all = thread.ancestors.iter().chain(&thread.descendants);
    let hand = Hand::take(&state, all, []).load(&state).await?;
    let mut page = Page::new(&hand, viewer);
    page.text("{\"ancestors\":");
    page.statuses(&thread.ancestors);
    page.text(",\"descendants\":");
    page.statuses(&thread.descendants);
    page.text("}");
    Ok(json(page.into_json()))
}
