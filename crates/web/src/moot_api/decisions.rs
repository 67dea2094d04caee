//! What the board decides: recorded by one of them, confirmed by others.

use axum::extract::State as Extract;
use mastodon::forms::moot::{Ballot, ListDecisions, NewDecision as Form};
use model::moderation::board::{Decision, DecisionId, DecisionKind, DecisionState};
use serde_json::Value;
use service::moderation::board::decisions::{self, DecisionView, NewDecision};
use time::{Date, macros::format_description};

use super::{ballots, proposals::limit};
use crate::{
    State,
    client_api::answer,
    error::{Answer, ApiError},
    extract::{OfBoard, Officer, Params, PathId},
    render::Renderer,
};

/// `GET /api/moot/v1/board/decisions`
pub(super) async fn list(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    Params(form): Params<ListDecisions>,
) -> Answer {
    let wanted = match form.state.as_deref() {
        None | Some("") => None,
        Some(word) => Some(
            DecisionState::from_word(word).ok_or(ApiError::Malformed("Unknown state".into()))?,
        ),
    };
    let before = form.max_id.map(DecisionId::new);
    let found =
        decisions::decisions(&state.app, &acting, wanted, before, limit(form.limit)).await?;
    answer(&found.iter().map(Renderer::decision).collect::<Vec<_>>())
}

/// `GET /api/moot/v1/board/decisions/:id`
pub(super) async fn show(
    Extract(state): Extract<State>,
    Officer(acting): Officer,
    PathId(id): PathId<Decision>,
) -> Answer {
    one(&decisions::decision(&state.app, &acting, id).await?)
}

/// `POST /api/moot/v1/board/decisions`
pub(super) async fn record(
    Extract(state): Extract<State>,
    OfBoard(acting): OfBoard,
    Params(form): Params<Form>,
) -> Answer {
    let wrong = |sentence: &str| ApiError::invalid(format!("Validation failed: {sentence}"));
    let kind = form
        .kind
        .as_deref()
        .and_then(DecisionKind::from_word)
        .ok_or_else(|| wrong("Kind is not included in the list"))?;
    let decided_on = match form.decided_on.as_deref() {
        None | Some("") => state.app.clock.now().date(),
        Some(text) => Date::parse(text, format_description!("[year]-[month]-[day]"))
            .map_err(|_| wrong("Decided on is no day"))?,
    };
    let new = NewDecision {
        kind,
        params: Value::Object(form.params.unwrap_or_default()),
        text: form.text.unwrap_or_default(),
        minutes_url: form.minutes_url,
        decided_on,
    };
    one(&decisions::record(&state.app, &acting, new).await?)
}

/// `POST /api/moot/v1/board/decisions/:id/confirm`
pub(super) async fn confirm(
    Extract(state): Extract<State>,
    OfBoard(acting): OfBoard,
    PathId(id): PathId<Decision>,
    Params(form): Params<Ballot>,
) -> Answer {
    let seen = ballots::read(form.digest.as_deref())?;
    one(&decisions::confirm(&state.app, &acting, id, seen).await?)
}

/// `POST /api/moot/v1/board/decisions/:id/withdraw`
pub(super) async fn withdraw(
    Extract(state): Extract<State>,
    OfBoard(acting): OfBoard,
    PathId(id): PathId<Decision>,
) -> Answer {
    one(&decisions::withdraw(&state.app, &acting, id).await?)
}

fn one(view: &DecisionView) -> Answer {
    answer(&Renderer::decision(view))
}
