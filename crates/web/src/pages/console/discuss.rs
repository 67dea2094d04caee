//! What can be done with a proposal besides answering it: comment, hand over, stand aside, withdraw, stop.

use axum::{
    extract::{Path, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use model::moderation::ProposalId;
use service::moderation::{ProposalView, comment, recuse, withdraw};

use super::{HOME, gate, proposal};
use crate::{
    State,
    pages::{PageError, fields::Fields},
    session::Form,
};

const HANDED_OVER: &str = "I hand this over to the others.";

/// `POST /console/proposals/{id}/comment`
pub(in crate::pages) async fn comment(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let id: ProposalId = id.parse().map_err(|_| PageError::NotFound)?;
    let room = gate::moderator(&state, &browser, &proposal::path(id)).await?;
    let text = if fields.has("hand_over") {
        HANDED_OVER
    } else {
        fields.get("text")
    };
    let said = comment::comment(&state.app, &room.acting, id, text).await;
    after(&room, id, said, "comment").await
}

/// `POST /console/proposals/{id}/recuse`
pub(in crate::pages) async fn recuse(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let id: ProposalId = id.parse().map_err(|_| PageError::NotFound)?;
    let room = gate::moderator(&state, &browser, &proposal::path(id)).await?;
    recuse::recuse_from_proposal(&state.app, &room.acting, id, fields.get("reason")).await?;
    Ok(Redirect::to(HOME).into_response())
}

/// `POST /console/proposals/{id}/withdraw`
pub(in crate::pages) async fn withdraw(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Form { browser, .. }: Form<Fields>,
) -> Result<Response, PageError> {
    let id: ProposalId = id.parse().map_err(|_| PageError::NotFound)?;
    let room = gate::moderator(&state, &browser, &proposal::path(id)).await?;
    let done = withdraw::withdraw(&state.app, &room.acting, id).await;
    after(&room, id, done, "withdrawn").await
}

/// `POST /console/proposals/{id}/stop`: also for the board.
pub(in crate::pages) async fn stop(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Form { browser, .. }: Form<Fields>,
) -> Result<Response, PageError> {
    let id: ProposalId = id.parse().map_err(|_| PageError::NotFound)?;
    let room = gate::officer(&state, &browser, &proposal::path(id)).await?;
    let done = withdraw::stop(&state.app, &room.acting, id).await;
    after(&room, id, done, "stopped").await
}

async fn after(
    room: &gate::Room<'_>,
    id: ProposalId,
    done: service::Result<ProposalView>,
    word: &str,
) -> Result<Response, PageError> {
    match done {
        Ok(_) => {
            let next = format!("{}?done={word}", proposal::path(id));
            Ok(Redirect::to(&next).into_response())
        }
        Err(error) => proposal::refused(room, id, error, "").await,
    }
}
