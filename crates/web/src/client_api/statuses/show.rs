//! One post or several, by id.

use axum::extract::State as Extract;
use mastodon::forms::Ids;
use model::{Status, StatusId};
use service::statuses;

use crate::{
    State,
    client_api::lists,
    error::{Answer, ApiError},
    extract::{Params, PathId, Visitor},
};

/// The most posts that may be asked for at once.
const AT_ONCE: usize = 20;

/// `GET /api/v1/statuses/:id`
pub(crate) async fn one(
    Extract(state): Extract<State>,
    Visitor(viewer): Visitor,
    PathId(id): PathId<Status>,
) -> Answer {
    let found = statuses::many(&state.app, viewer, &[id]).await?;
    let found = found.first().ok_or(ApiError::NotFound)?;
    lists::post(&state, viewer, found).await
}

/// `GET /api/v1/statuses`
pub(crate) async fn several(
    Extract(state): Extract<State>,
    Visitor(viewer): Visitor,
    Params(form): Params<Ids>,
) -> Answer {
    if form.id.len() > AT_ONCE {
        return Err(ApiError::invalid(
            "Validation failed: Id has too many entries (at most 20)",
        ));
    }
    let ids: Vec<_> = form.id.into_iter().map(StatusId::new).collect();
    let found = statuses::many(&state.app, viewer, &ids).await?;
    lists::posts(&state, viewer, found.iter().collect()).await
}
