//! What an app of one's own has sent and may not do alone: it waits for a word in the browser.

use axum::{
    extract::{Path, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use model::moderation::{ProposalId, proposal::State as Progress};
use service::moderation::{ProposalView, propose, queue};

use super::{HOME, Room, gate, proposal, propose::opened};
use crate::{
    State,
    pages::{PageError, fields::Fields},
    session::Form,
};

/// Drafts that are shown at once.
const MOST: u16 = 200;

/// Own drafts, newest first.
pub(super) async fn own(room: &Room<'_>) -> Result<Vec<ProposalView>, PageError> {
    let own = Some(room.acting.officer.person.id);
    let drafts = queue::proposals(
        &room.state.app,
        &room.acting,
        &[Progress::Draft],
        None,
        MOST,
    )
    .await?;
    Ok(drafts
        .into_iter()
        .filter(|view| view.proposal.proposer == own)
        .collect())
}

/// `POST /console/proposals/{id}/confirm`
pub(in crate::pages) async fn confirm(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let id: ProposalId = id.parse().map_err(|_| PageError::NotFound)?;
    let room = gate::moderator(&state, &browser, &proposal::path(id)).await?;
    let here = format!("{}/confirm", proposal::path(id));
    if let Some(asked) = room.proof_first(&here, &fields).await? {
        return Ok(asked);
    }
    match propose::confirm_draft(&state.app, &room.acting, id).await {
        Ok(view) if view.proposal.emergency => Ok(opened(id, "taken")),
        Ok(_) => Ok(opened(id, "opened")),
        Err(error) => proposal::refused(&room, id, error, "").await,
    }
}

/// `POST /console/proposals/{id}/discard`
pub(in crate::pages) async fn discard(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Form { browser, .. }: Form<Fields>,
) -> Result<Response, PageError> {
    let id: ProposalId = id.parse().map_err(|_| PageError::NotFound)?;
    let room = gate::moderator(&state, &browser, &proposal::path(id)).await?;
    propose::discard_draft(&state.app, &room.acting, id).await?;
    Ok(Redirect::to(HOME).into_response())
}
