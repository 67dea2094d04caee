//! What the board has decided, newest first.

use askama::Template;
use axum::{
    extract::{Query, State as Extract},
    response::{IntoResponse, Response},
};
use model::moderation::board::{DecisionId, DecisionKind, DecisionState};
use serde::Deserialize;
use service::moderation::board::decisions::{self, DecisionView};

use crate::{
    State,
    pages::{
        Frame, PageError,
        cards::Moment,
        console::{Part, board_member},
    },
    session::Browser,
};

const PAGE: &str = "/board/decisions";
/// Decisions on a page.
const MOST: u16 = 30;

#[derive(Template)]
#[template(path = "board/decisions.html")]
struct DecisionsPage {
    frame: Frame,
    part: Part,
    chosen: &'static str,
    lines: Vec<DecisionLine>,
    kinds: Vec<(&'static str, &'static str)>,
    older: Option<String>,
}

/// A decision in a few lines.
pub(super) struct DecisionLine {
    pub(super) id: DecisionId,
    pub(super) title: String,
    pub(super) state: &'static str,
    pub(super) badge: &'static str,
    pub(super) decided_on: String,
    pub(super) recorded_by: String,
    pub(super) recorded: Moment,
    pub(super) given: usize,
    pub(super) needed: usize,
    pub(super) may_confirm: bool,
    pub(super) changes: Vec<String>,
}

impl DecisionLine {
    pub(super) fn new(view: &DecisionView) -> Self {
        let decision = &view.decision;
        let (state, badge) = state_words(decision.state);
        Self {
            id: decision.id,
            title: kind_words(decision.kind).to_owned(),
            state,
            badge,
            decided_on: decision.decided_on.to_string(),
            recorded_by: view
                .recorded_by
                .as_ref()
                .map_or_else(String::new, |person| person.name.clone()),
            recorded: Moment::new(decision.recorded_at),
            given: view.confirmations.len(),
            needed: view.needed,
            may_confirm: view.may_confirm,
            changes: view.changes.clone(),
        }
    }
}

/// A decision's state and its badge.
pub(super) fn state_words(state: DecisionState) -> (&'static str, &'static str) {
    match state {
        DecisionState::Recorded => ("to be confirmed", "open"),
        DecisionState::Confirmed => ("in effect", "done"),
        DecisionState::Withdrawn => ("withdrawn", "off"),
    }
}

/// What is decided, as a heading.
pub(super) fn kind_words(kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::AppointModerator => "Appoint a moderator",
        DecisionKind::RemoveModerator => "Remove a moderator",
        DecisionKind::AdoptDocument => "Adopt a document",
        DecisionKind::ChangeGovernance => "Change the settings",
        DecisionKind::DecideAppeal => "Decide an appeal",
        DecisionKind::SubstituteApproval => "Give the missing approval",
        DecisionKind::AppointAdHoc => "Name a moderator for one case",
        DecisionKind::DecideQuarantine => "Decide on posts in quarantine",
        DecisionKind::ConfirmReset => "Let somebody's votes count again",
    }
}

/// Which ones.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Wanted {
    state: String,
    before: String,
}

/// `GET /board/decisions`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    let room = board_member(&state, &browser, PAGE).await?;
    let only = DecisionState::from_word(&wanted.state);
    let before = wanted.before.parse().ok();
    let views = decisions::decisions(&state.app, &room.acting, only, before, MOST).await?;
    let chosen = only.map_or("", DecisionState::as_str);
    let older = (views.len() >= usize::from(MOST))
        .then(|| views.last())
        .flatten()
        .map(|last| format!("?state={chosen}&before={}", last.decision.id));
    let page = DecisionsPage {
        frame: Frame::new(&state, &browser),
        part: Part::Decisions,
        chosen,
        lines: views.iter().map(DecisionLine::new).collect(),
        kinds: [
            DecisionKind::AppointModerator,
            DecisionKind::RemoveModerator,
        ]
        .map(|kind| (kind.as_str(), kind_words(kind)))
        .to_vec(),
        older,
    };
    Ok(room.shown(&page).into_response())
}
