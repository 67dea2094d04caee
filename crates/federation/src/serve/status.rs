//! Posts and boosts of members.

use activitypub::emit::{self, Context, to_document};
use activitypub::media_type::Representation;
use axum::extract::{Path, Request, State as Shared};
use axum::response::Response;
use http::request::Parts;
use model::status::StatusView;
use model::{Account, StatusId, Viewer};
use service::statuses;

use super::actor::{find, wants};
use super::answer::{self, not_found};
use super::viewer::{admitted, is_strict, viewer};
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
        let (author, id) = named(&state, &account, &status, &parts).await?;
        let view = statuses::get(&state.app, Viewer::Anybody, id).await?;
        return Ok(answer::page(&own(view, &author)?.status.url));
    }
    let view = open(&state, &account, &status, &parts).await?;
    document(&state, &view, Form::Object).await
}

/// `GET …/statuses/{id}/activity`: the Create or Announce.
pub(super) async fn activity(
    Shared(state): Shared<State>,
    Path((account, status)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Rejection> {
    let (parts, _) = request.into_parts();
    let view = open(&state, &account, &status, &parts).await?;
    document(&state, &view, Form::Activity).await
}

/// A member's status, if who asks may see it. What may not be seen is not there.
pub(super) async fn open(
    state: &State,
    account: &str,
    status: &str,
    parts: &Parts,
) -> Result<StatusView, Rejection> {
    let (author, id) = named(state, account, status, parts).await?;
    own(seen(state, parts, id).await?, &author)
}

/// A status as who asks may see it. The signature is looked at only when it makes a difference.
pub(super) async fn seen(
    state: &State,
    parts: &Parts,
    id: StatusId,
) -> Result<StatusView, Rejection> {
    let admitted = admitted(state, parts).await?;
    match statuses::get(&state.app, admitted, id).await {
        Err(service::Error::NotFound) if admitted == Viewer::Anybody => {
            match viewer(state, parts).await? {
                Viewer::Anybody => Err(not_found()),
                viewer @ Viewer::Account(_) => Ok(statuses::get(&state.app, viewer, id).await?),
            }
        }
        seen => Ok(seen?),
    }
}

async fn named(
    state: &State,
    account: &str,
    status: &str,
    parts: &Parts,
) -> Result<(Account, StatusId), Rejection> {
    let author = find(state, parts, account).await?;
    Ok((author, status.parse().map_err(|_| not_found())?))
}

/// The status, if it is this member's.
pub(super) fn own(view: StatusView, author: &Account) -> Result<StatusView, Rejection> {
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
    let document = if let Some(announce) = documents::announce(view) {
        to_document(Context::Plain, &announce)
    } else {
        let note = documents::note(&state.app, view).await?;
        match form {
            Form::Object => to_document(Context::Note, &note),
            Form::Activity => to_document(Context::Note, &emit::create(note)),
        }
    };
    let is_open = view.status.visibility.is_for_everybody() && !is_strict(state);
    Ok(if is_open {
        answer::public(document)
    } else {
        answer::private(document)
    })
}
