//! One decision: what it changes, who has recorded and confirmed it, and confirming just that.

use askama::Template;
use axum::{
    extract::{Path, Query, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use model::moderation::board::{DecisionId, DecisionState};
use serde::Deserialize;
use service::moderation::board::{
    decisions::{self, DecisionView},
    resolution::Resolution,
};

use super::decisions::{kind_words, state_words};
use crate::{
    State,
    pages::{
        Frame, PageError, Shown,
        cards::{Moment, web_url},
        console::{Part, Room, board_member, digest},
        fields::Fields,
    },
    session::{Browser, Form},
};

#[derive(Template)]
#[template(path = "board/decision.html")]
struct DecisionPage<'a> {
    frame: Frame,
    part: Part,
    form_token: String,
    done: &'a str,
    problem: &'a str,
    id: DecisionId,
    title: &'static str,
    state: &'static str,
    badge: &'static str,
    is_open: bool,
    view: &'a DecisionView,
    decided_on: String,
    minutes: Option<&'a str>,
    recorded: Moment,
    recorded_by: String,
    confirmations: Vec<(String, Moment)>,
    digest: String,
    short_digest: String,
    document: Option<String>,
    proposal: Option<String>,
    needs_proof: bool,
}

/// What was done on the way here.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Came {
    done: String,
}

/// The page of a decision.
pub(super) fn path(id: DecisionId) -> String {
    format!("/board/decisions/{id}")
}

/// `GET /board/decisions/{id}`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Path(id): Path<String>,
    Query(came): Query<Came>,
) -> Result<Response, PageError> {
    let id: DecisionId = id.parse().map_err(|_| PageError::NotFound)?;
    let room = board_member(&state, &browser, &path(id)).await?;
    let done = match came.done.as_str() {
        "recorded" => "The decision is recorded. It takes effect when it is confirmed.",
        "confirmed" => "Your confirmation is counted.",
        "withdrawn" => "The decision is taken back.",
        _ => "",
    };
    Ok(page(&room, id, done, "").await?.into_response())
}

/// `POST /board/decisions/{id}/confirm`
pub(in crate::pages) async fn confirm(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let id: DecisionId = id.parse().map_err(|_| PageError::NotFound)?;
    let room = board_member(&state, &browser, &path(id)).await?;
    let seen = digest(fields.get("digest")).ok_or(PageError::Malformed)?;
    let here = format!("{}/confirm", path(id));
    if let Some(asked) = room.proof_first(&here, &fields).await? {
        return Ok(asked);
    }
    let done = decisions::confirm(&state.app, &room.acting, id, seen).await;
    after(&room, id, done, "confirmed").await
}

/// `POST /board/decisions/{id}/withdraw`
pub(in crate::pages) async fn withdraw(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let id: DecisionId = id.parse().map_err(|_| PageError::NotFound)?;
    let room = board_member(&state, &browser, &path(id)).await?;
    let here = format!("{}/withdraw", path(id));
    if let Some(asked) = room.proof_first(&here, &fields).await? {
        return Ok(asked);
    }
    let done = decisions::withdraw(&state.app, &room.acting, id).await;
    after(&room, id, done, "withdrawn").await
}

async fn after(
    room: &Room<'_>,
    id: DecisionId,
    done: service::Result<DecisionView>,
    word: &str,
) -> Result<Response, PageError> {
    let Err(error) = done else {
        return Ok(Redirect::to(&format!("{}?done={word}", path(id))).into_response());
    };
    let status = match &error {
        service::Error::Conflict(_) => StatusCode::CONFLICT,
        service::Error::Forbidden(_) => StatusCode::FORBIDDEN,
        service::Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => return Err(error.into()),
    };
    let shown = page(room, id, "", &error.to_string()).await?;
    Ok(shown.status(status).into_response())
}

async fn page(
    room: &Room<'_>,
    id: DecisionId,
    done: &str,
    problem: &str,
) -> Result<Shown, PageError> {
    let view = decisions::decision(&room.state.app, &room.acting, id).await?;
    let decision = &view.decision;
    let (state, badge) = state_words(decision.state);
    let digest = hex::encode(decision.digest);
    let resolution = Resolution::read(decision.kind, &decision.params)?;
    let page = DecisionPage {
        frame: Frame::new(room.state, room.browser),
        part: Part::Elsewhere,
        form_token: room.form_token(),
        done,
        problem,
        id,
        title: kind_words(decision.kind),
        state,
        badge,
        is_open: decision.state == DecisionState::Recorded,
        decided_on: decision.decided_on.to_string(),
        minutes: decision.minutes_url.as_deref().and_then(web_url),
        recorded: Moment::new(decision.recorded_at),
        recorded_by: view
            .recorded_by
            .as_ref()
            .map_or_else(String::new, |person| person.name.clone()),
        confirmations: view
            .confirmations
            .iter()
            .map(|given| (given.person.name.clone(), Moment::new(given.at)))
            .collect(),
        short_digest: digest.chars().take(16).collect(),
        digest,
        document: match &resolution {
            Resolution::AdoptDocument { text, .. } => Some(text.clone()),
            _ => None,
        },
        proposal: match &resolution {
            Resolution::SubstituteApproval { proposal_id, .. }
            | Resolution::AppointAdHoc { proposal_id, .. }
            | Resolution::DecideQuarantine { proposal_id, .. } => Some(proposal_id.to_string()),
            _ => None,
        },
        needs_proof: room.needs_proof().await?,
        view: &view,
    };
    Ok(room.shown(&page))
}
