//! Posts and boosts of members.

use activitypub::emit::{self, Context, to_document};
use activitypub::media_type::Representation;
use axum::extract::{Path, Request, State as Shared};
use axum::response::Response;
use http::request::Parts;
use model::status::StatusView;
use model::{StatusId, Viewer};
use service::statuses;

use super::actor::{find, wants};
use super::answer::{self, not_found};
use super::viewer::admitted;
use crate::edge::State;
use crate::inbound::Rejection;
use crate::outbound::documents;

/// `GET …/statuses/{id}`: the document to servers, the page to browsers.
pub(super) async fn show(
    Shared(state): Shared<State>,
    Path((account, status)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Rejection> {
    let (parts, _) = request.into_parts();
    if wants(&parts.headers) == Representation::Html {
        let view = open(&state, &account, &status, &parts, Viewer::Anybody).await?;
        return Ok(answer::page(&view.status.url));
    }
    let viewer = admitted(&state, &parts).await?;
    let view = open(&state, &account, &status, &parts, viewer).await?;
    document(&state, &view, Form::Object).await
}

/// `GET …/statuses/{id}/activity`: the Create or Announce.
pub(super) async fn activity(
    Shared(state): Shared<State>,
    Path((account, status)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Rejection> {
    let (parts, _) = request.into_parts();
    let viewer = admitted(&state, &parts).await?;
    let view = open(&state, &account, &status, &parts, viewer).await?;
    document(&state, &view, Form::Activity).await
}

/// A member's status, if the viewer may see it. What may not be seen is not there.
pub(super) async fn open(
    state: &State,
    account: &str,
    status: &str,
    parts: &Parts,
    viewer: Viewer,
) -> Result<StatusView, Rejection> {
    let author = find(state, parts, account).await?;
    let id: StatusId = status.parse().map_err(|_| not_found())?;
    let view = statuses::get(&state.app, viewer, id).await?;
    if view.author.id == author.id && view.status.local {
        Ok(view)
    } else {
        Err(not_found())
    }
}

/// In which form a status is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The post itself. A boost has no other form than its activity.
    Object,
    /// What its author did.
    Activity,
}

/// The document.
pub(super) async fn document(
    state: &State,
    view: &StatusView,
    form: Form,
) -> Result<Response, Rejection> {
    let document = match documents::announce(view) {
        Some(announce) => to_document(Context::Plain, &announce),
        None => {
            let note = documents::note(&state.app, view).await?;
            match form {
                Form::Object => to_document(Context::Note, &note),
                Form::Activity => to_document(Context::Note, &emit::create(note)),
            }
        }
    };
    let is_open =
        view.status.visibility.is_for_everybody() && !state.edge.settings.requires_signed_fetch;
    Ok(if is_open {
        answer::public(document)
    } else {
        answer::private(document)
    })
}
