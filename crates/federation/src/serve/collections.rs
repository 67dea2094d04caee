//! What hangs on a post: replies, likes and boosts. And the instance actor's outbox, which is empty.

use activitypub::emit::{Collection, Context, to_document};
use axum::extract::{Path, Request, State as Shared};
use axum::response::Response;
use model::Viewer;
use model::status::StatusView;
use service::statuses;

use super::answer;
use super::status::open;
use super::viewer::is_strict;
use crate::edge::State;
use crate::inbound::Rejection;

/// Replies listed at most.
const MAX_REPLIES: usize = 60;

/// `GET /actor/outbox`.
pub(super) async fn instance_outbox(Shared(state): Shared<State>) -> Response {
    let id = format!("{}/outbox", state.app.urls.instance_actor());
    answer::public(to_document(
        Context::Plain,
        &Collection::<String>::whole(id, Vec::new()),
    ))
}

/// `GET …/statuses/{id}/replies`: ids of the direct, public answers.
pub(super) async fn replies(
    Shared(state): Shared<State>,
    Path((account, status)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Rejection> {
    let (parts, _) = request.into_parts();
    let view = open(&state, &account, &status, &parts).await?;
    let thread = statuses::context(&state.app, Viewer::Anybody, view.status.id).await;
    let answers = match thread {
        Ok(thread) => statuses::views(&state.app, Viewer::Anybody, &thread.descendants).await?,
        // Not for everybody, and so are its answers.
        Err(service::Error::NotFound) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let ids: Vec<String> = answers
        .into_iter()
        .filter(|answer| answer.status.in_reply_to_id == Some(view.status.id))
        .take(MAX_REPLIES)
        .map(|answer| answer.status.uri)
        .collect();
    let collection = Collection::whole(format!("{}/replies", view.status.uri), ids);
    Ok(shown(
        &state,
        &view,
        to_document(Context::Plain, &collection),
    ))
}

/// `GET …/statuses/{id}/likes`: the number.
pub(super) async fn likes(
    state: Shared<State>,
    path: Path<(String, String)>,
    request: Request,
) -> Result<Response, Rejection> {
    counted(&state, &path, request, "likes").await
}

/// `GET …/statuses/{id}/shares`: the number.
pub(super) async fn shares(
    state: Shared<State>,
    path: Path<(String, String)>,
    request: Request,
) -> Result<Response, Rejection> {
    counted(&state, &path, request, "shares").await
}

async fn counted(
    state: &State,
    (account, status): &(String, String),
    request: Request,
    name: &str,
) -> Result<Response, Rejection> {
    let (parts, _) = request.into_parts();
    let view = open(state, account, status, &parts).await?;
    let count = if name == "likes" {
        view.status.favourites_count
    } else {
        view.status.boosts_count
    };
    let id = format!("{}/{name}", view.status.uri);
    let collection = Collection::<String> {
        collection_type: "Collection",
        ..Collection::counted(id, Some(count.unsigned_abs()))
    };
    Ok(shown(
        state,
        &view,
        to_document(Context::Plain, &collection),
    ))
}

fn shown(state: &State, view: &StatusView, document: Vec<u8>) -> Response {
    if view.status.visibility.is_for_everybody() && !is_strict(state) {
        answer::public(document)
    } else {
        answer::private(document)
    }
}
