//! Every proposal there ever was, newest first, by what became of it.

use askama::Template;
use axum::{
    extract::{Query, State as Extract},
    response::{IntoResponse, Response},
};
use model::moderation::proposal::State as Progress;
use serde::Deserialize;
use service::moderation::queue;

use super::{Outline, Part, gate};
use crate::{
    State,
    pages::{Frame, PageError},
    session::Browser,
};

const PAGE: &str = "/console/proposals";
/// Proposals on a page.
const MOST: u16 = 30;

#[derive(Template)]
#[template(path = "console/proposals.html")]
struct ProposalsPage {
    frame: Frame,
    part: Part,
    filters: Vec<(&'static str, &'static str)>,
    chosen: &'static str,
    outlines: Vec<Outline>,
    older: Option<String>,
}

/// Which ones.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Wanted {
    state: String,
    before: String,
}

const FILTERS: [(&str, &str, &[Progress]); 4] = [
    ("", "All", &[]),
    (
        "pending",
        "Waiting",
        &[
            Progress::Open,
            Progress::Provisional,
            Progress::Approved,
            Progress::Failed,
        ],
    ),
    ("executed", "Done", &[Progress::Executed]),
    (
        "ended",
        "Ended without effect",
        &[
            Progress::Rejected,
            Progress::Expired,
            Progress::Withdrawn,
            Progress::Superseded,
            Progress::RolledBack,
        ],
    ),
];

/// `GET /console/proposals`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    let room = gate::moderator(&state, &browser, PAGE).await?;
    let (chosen, _, states) = FILTERS
        .into_iter()
        .find(|(word, ..)| *word == wanted.state)
        .unwrap_or(FILTERS[0]);
    let public: Vec<Progress> = Progress::ALL
        .into_iter()
        .filter(|progress| !matches!(progress, Progress::Draft | Progress::Discarded))
        .collect();
    let states = if states.is_empty() { &public } else { states };
    let before = wanted.before.parse().ok();
    let views = queue::proposals(&state.app, &room.acting, states, before, MOST).await?;
    let older = (views.len() >= usize::from(MOST))
        .then(|| views.last())
        .flatten()
        .map(|last| format!("?state={chosen}&before={}", last.proposal.id));
    let page = ProposalsPage {
        frame: Frame::new(&state, &browser),
        part: Part::Proposals,
        filters: FILTERS.map(|(word, label, _)| (word, label)).to_vec(),
        chosen,
        outlines: Outline::all(&state, &views).await?,
        older,
    };
    Ok(room.shown(&page).into_response())
}
