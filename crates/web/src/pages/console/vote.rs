//! Answering a proposal.

use axum::{
    extract::{Path, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use model::moderation::{Answer, ProposalId, vote::Digest};
use service::moderation::vote::{self, Ballot};

use super::{gate, proposal};
use crate::{
    State,
    pages::{PageError, fields::Fields},
    session::Form,
};

/// `POST /console/proposals/{id}/vote`
pub(in crate::pages) async fn submit(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let id: ProposalId = id.parse().map_err(|_| PageError::NotFound)?;
    let room = gate::moderator(&state, &browser, &proposal::path(id)).await?;
    let answer = Answer::from_word(fields.get("vote")).ok_or(PageError::Malformed)?;
    let digest = digest(fields.get("digest")).ok_or(PageError::Malformed)?;
    let here = format!("{}/vote", proposal::path(id));
    if let Some(asked) = room.proof_first(&here, &fields).await? {
        return Ok(asked);
    }
    let ballot = Ballot {
        proposal: id,
        digest,
        answer,
        comment: fields.get("comment").to_owned(),
    };
    match vote::vote(&state.app, &room.acting, ballot).await {
        Ok(_) => {
            let next = format!("{}?done={}", proposal::path(id), answer.as_str());
            Ok(Redirect::to(&next).into_response())
        }
        Err(error) => proposal::refused(&room, id, error, fields.get("comment")).await,
    }
}

/// Reads what the page showed.
pub(in crate::pages) fn digest(hex_digits: &str) -> Option<Digest> {
    hex::decode(hex_digits).ok()?.try_into().ok()
}
