//! Pinned posts and featured hashtags. Nothing can be pinned yet, and the collections say so.

use activitypub::emit::{Collection, Context, to_document};
use axum::extract::{Path, Request, State as Shared};
use axum::response::Response;

use super::actor::find;
use super::answer;
use super::viewer::admitted;
use crate::edge::State;
use crate::inbound::Rejection;

/// `GET …/collections/featured`.
pub(super) async fn posts(
    state: Shared<State>,
    account: Path<String>,
    request: Request,
) -> Result<Response, Rejection> {
    show(&state, &account, request, "featured", "OrderedCollection").await
}

/// `GET …/collections/tags`.
pub(super) async fn tags(
    state: Shared<State>,
    account: Path<String>,
    request: Request,
) -> Result<Response, Rejection> {
    show(&state, &account, request, "tags", "Collection").await
}

async fn show(
    state: &State,
    named: &str,
    request: Request,
    name: &str,
    kind: &'static str,
) -> Result<Response, Rejection> {
    let (parts, _) = request.into_parts();
    let account = find(state, &parts, named).await?;
    admitted(state, &parts).await?;
    let id = format!("{}/collections/{name}", account.uri);
    let collection = Collection::<String> {
        collection_type: kind,
        ..Collection::whole(id, Vec::new())
    };
    Ok(answer::public(to_document(Context::Plain, &collection)))
}
