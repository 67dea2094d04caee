//! Answering proposals. An answer names the digest that was seen (S68); what has changed meanwhile is shown with the refusal.

use axum::extract::State as Extract;
use http::StatusCode;
use mastodon::{forms::moot::Ballot as Form, moot::Changed};
use model::moderation::{Answer as Vote, Proposal, ProposalId, vote::Digest};
use service::{
    Error,
    moderation::{
        Acting, view,
        vote::{Ballot, vote},
    },
};

use super::proposals::one;
use crate::{
    State,
    client_api::answer,
    error::{Answer, ApiError},
    extract::{Moderator, Params, PathId},
};

/// `POST /api/moot/v1/proposals/:id/approve`
pub(super) async fn approve(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Proposal>,
    Params(form): Params<Form>,
) -> Answer {
    given(&state, &acting, id, (Vote::Approve, form)).await
}

/// `POST /api/moot/v1/proposals/:id/object`
pub(super) async fn object(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Proposal>,
    Params(form): Params<Form>,
) -> Answer {
    given(&state, &acting, id, (Vote::Object, form)).await
}

/// `POST /api/moot/v1/proposals/:id/abstain`
///
/// Who says neither yes nor no may leave the digest out.
pub(super) async fn abstain(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Proposal>,
    Params(mut form): Params<Form>,
) -> Answer {
    if form.digest.is_none() {
        let seen = view::proposal(&state.app, &acting, id).await?;
        form.digest = Some(hex::encode(seen.proposal.digest));
    }
    given(&state, &acting, id, (Vote::Abstain, form)).await
}

/// `POST /api/moot/v1/proposals/:id/ratify`
///
/// An approval of an emergency measure.
pub(super) async fn ratify(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Proposal>,
    Params(form): Params<Form>,
) -> Answer {
    let seen = view::proposal(&state.app, &acting, id).await?;
    if !seen.proposal.emergency {
        return Err(Error::Conflict("This is no emergency measure: approve it".into()).into());
    }
    given(&state, &acting, id, (Vote::Approve, form)).await
}

async fn given(
    state: &State,
    acting: &Acting,
    id: ProposalId,
    (answer, form): (Vote, Form),
) -> Answer {
    let ballot = Ballot {
        proposal: id,
        digest: read(form.digest.as_deref())?,
        answer,
        comment: form.comment.unwrap_or_default(),
    };
    match vote(&state.app, acting, ballot).await {
        Ok(view) => one(state, &view),
        Err(Error::Conflict(sentence)) => changed(state, acting, id, sentence).await,
        Err(other) => Err(other.into()),
    }
}

async fn changed(state: &State, acting: &Acting, id: ProposalId, error: String) -> Answer {
    let now = view::proposal(&state.app, acting, id).await?;
    let proposal = state.renderer.proposal(&now);
    let changed = Changed {
        error,
        digest: proposal.digest.clone(),
        proposal,
    };
    let mut response = answer(&changed)?;
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}

/// A digest in hex.
pub(super) fn read(text: Option<&str>) -> Result<Digest, ApiError> {
    text.and_then(|text| hex::decode(text.trim()).ok())
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(ApiError::invalid(
            "Validation failed: Digest is missing, or is none",
        ))
}
