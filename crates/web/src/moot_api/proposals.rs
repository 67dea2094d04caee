//! Proposals: reading and opening them.

use axum::extract::State as Extract;
use http::StatusCode;
use mastodon::forms::moot::{ListProposals, NewProposal, Recuse, Words};
use model::moderation::{Proposal, ProposalId, proposal::State as Progress};
use service::moderation::{
    ProposalView, amend, comment, emergency, executor, propose, queue, recuse, view, withdraw,
};

use super::drafted;
use crate::{
    State,
    client_api::{admin::tell, answer, nothing_to_say},
    error::{Answer, ApiError},
    extract::{Moderator, Officer, Params, PathId},
};

/// Proposals in a list, when nothing is said.
const USUAL: u16 = 40;
/// Targets of one proposal whose effects are told.
const MOST_PREVIEWED: usize = 20;

/// `GET /api/moot/v1/proposals`
pub(super) async fn list(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    Params(form): Params<ListProposals>,
) -> Answer {
    let words = form.state.unwrap_or_default();
    let unknown = || ApiError::Malformed("Unknown state".into());
    let mut states: Vec<Progress> = words
        .iter()
        .map(|word| Progress::from_word(word).ok_or_else(unknown))
        .collect::<Result<_, _>>()?;
    if states.is_empty() {
        let is_written = |state: &Progress| !matches!(state, Progress::Draft | Progress::Discarded);
        states = Progress::ALL.into_iter().filter(is_written).collect();
    }
    let before = form.max_id.map(ProposalId::new);
    let limit = limit(form.limit);
    let found = queue::proposals(&state.app, &acting, &states, before, limit).await?;
    several(&state, &found)
}

/// `GET /api/moot/v1/queue`
///
/// What something will still become of, most urgent first.
pub(super) async fn waiting(Extract(state): Extract<State>, Officer(acting): Officer) -> Answer {
    several(&state, &queue::queue(&state.app, &acting).await?)
}

fn several(state: &State, views: &[ProposalView]) -> Answer {
    let entities: Vec<_> = views
        .iter()
        .map(|view| state.renderer.proposal(view))
        .collect();
    answer(&entities)
}

/// `GET /api/moot/v1/proposals/:id`
pub(super) async fn show(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    PathId(id): PathId<Proposal>,
) -> Answer {
    let found = view::proposal(&state.app, &acting, id).await?;
    let proposal = &found.proposal;
    let mut entity = state.renderer.proposal(&found);
    if proposal.state.is_pending() || proposal.state == Progress::Draft {
        let mut effects = Vec::new();
        for target in proposal.targets.iter().take(MOST_PREVIEWED) {
            let (kind, params) = (proposal.kind, &proposal.params);
            effects.extend(executor::preview(&state.app, kind, params, target).await?);
        }
        entity.effects = Some(effects);
    }
    answer(&entity)
}

/// `POST /api/moot/v1/proposals`
pub(super) async fn create(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    Params(form): Params<NewProposal>,
) -> Answer {
    let view = propose::propose(&state.app, &acting, drafted::read(form)?).await?;
    opened(&state, &view)
}

/// `POST /api/moot/v1/emergency`
///
/// A draft, until its author confirms it in a browser.
pub(super) async fn take(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    Params(form): Params<NewProposal>,
) -> Answer {
    let view = emergency::take(&state.app, &acting, drafted::read(form)?).await?;
    opened(&state, &view)
}

/// A draft waits for something: 202.
fn opened(state: &State, view: &ProposalView) -> Answer {
    let mut response = one(state, view)?;
    if view.proposal.state == Progress::Draft {
        *response.status_mut() = StatusCode::ACCEPTED;
    }
    Ok(response)
}

/// A proposal, with the headers that stock calls have.
pub(super) fn one(state: &State, view: &ProposalView) -> Answer {
    let mut response = answer(&state.renderer.proposal(view))?;
    tell(state, view, &mut response);
    Ok(response)
}

/// `POST /api/moot/v1/proposals/:id/amend`
pub(super) async fn change(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Proposal>,
    Params(form): Params<NewProposal>,
) -> Answer {
    let view = amend::amend(&state.app, &acting, id, drafted::read(form)?).await?;
    one(&state, &view)
}

/// `POST /api/moot/v1/proposals/:id/withdraw`
pub(super) async fn take_back(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Proposal>,
) -> Answer {
    one(&state, &withdraw::withdraw(&state.app, &acting, id).await?)
}

/// `POST /api/moot/v1/proposals/:id/stop`
pub(super) async fn stop(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    PathId(id): PathId<Proposal>,
) -> Answer {
    one(&state, &withdraw::stop(&state.app, &acting, id).await?)
}

/// `POST /api/moot/v1/proposals/:id/recuse`
pub(super) async fn stand_aside(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Proposal>,
    Params(form): Params<Recuse>,
) -> Answer {
    let reason = form.reason.unwrap_or_default();
    recuse::recuse_from_proposal(&state.app, &acting, id, &reason).await?;
    nothing_to_say()
}

/// `POST /api/moot/v1/proposals/:id/comments`
pub(super) async fn say(
    Extract(state): Extract<State>,
    Moderator(acting): Moderator,
    PathId(id): PathId<Proposal>,
    Params(form): Params<Words>,
) -> Answer {
    let text = form.text.unwrap_or_default();
    one(
        &state,
        &comment::comment(&state.app, &acting, id, &text).await?,
    )
}

/// How many entries of a list.
pub(super) fn limit(asked: Option<i64>) -> u16 {
    asked
        .and_then(|limit| u16::try_from(limit).ok())
        .unwrap_or(USUAL)
        .clamp(1, 200)
}
