//! What waits for the board.

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use model::moderation::{
    appeal::Stage, board::DecisionState, proposal::State as Progress, seat::SeatState,
};
use service::moderation::{
    ProposalView, appeals,
    board::{decisions, documents, seats},
    queue,
};

use super::{HOME, decisions::DecisionLine};
use crate::{
    State,
    pages::{
        Frame, PageError,
        console::{AppealOutline, Outline, Part, board_member},
    },
    session::Browser,
};

/// Decisions that are shown at once.
const MOST: u16 = 100;

#[derive(Template)]
#[template(path = "board/overview.html")]
struct OverviewPage {
    frame: Frame,
    part: Part,
    is_quiet: bool,
    decisions: Vec<DecisionLine>,
    blocked: Vec<Outline>,
    appeals: Vec<AppealOutline>,
    quarantine: Vec<Outline>,
    vacant: Vec<i16>,
    /// Seat, holder, why they cannot vote.
    hindered: Vec<(i16, String, &'static str)>,
    /// Person, name.
    resets: Vec<(String, String)>,
    unwritten: Vec<(&'static str, &'static str)>,
}

/// `GET /board`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    let room = board_member(&state, &browser, HOME).await?;
    let (app, acting) = (&state.app, &room.acting);
    let recorded =
        decisions::decisions(app, acting, Some(DecisionState::Recorded), None, MOST).await?;
    let blocked: Vec<ProposalView> = queue::queue(app, acting)
        .await?
        .into_iter()
        .filter(|view| view.is_blocked && view.proposal.state.is_open())
        .collect();
    let with_board: Vec<_> = appeals::queue(app, acting)
        .await?
        .into_iter()
        .filter(|view| view.appeal.stage == Stage::Board)
        .collect();
    let seats = seats::seats(app).await?;
    let hindered = seats.iter().filter_map(|seat| {
        let held = seat.held.as_ref()?;
        let why = match held.state {
            SeatState::Inactive => "the directory says that they are inactive",
            SeatState::NoSecondFactor => "they have no second factor",
            SeatState::OnLeave => "on leave",
            SeatState::Active => return None,
        };
        Some((seat.no, held.holder.name.clone(), why))
    });
    let hindered: Vec<_> = hindered.collect();
    let vacant: Vec<i16> = seats
        .iter()
        .filter(|seat| seat.held.is_none())
        .map(|seat| seat.no)
        .collect();
    let resets: Vec<_> = seats::waiting(app)
        .await?
        .into_iter()
        .map(|person| (person.id.to_string(), person.name))
        .collect();
    let unwritten: Vec<_> = documents::unwritten(app)
        .await?
        .into_iter()
        .map(|kind| (kind.as_str(), documents::title(kind)))
        .collect();
    let quarantine: Vec<ProposalView> =
        queue::proposals(app, acting, &[Progress::RolledBack], None, MOST)
            .await?
            .into_iter()
            // Its time runs: the board has not spoken.
            .filter(|view| view.proposal.execute_at.is_some())
            .collect();
    let page = OverviewPage {
        frame: Frame::new(&state, &browser),
        part: Part::Overview,
        is_quiet: recorded.is_empty()
            && blocked.is_empty()
            && with_board.is_empty()
            && quarantine.is_empty()
            && vacant.is_empty()
            && hindered.is_empty()
            && resets.is_empty()
            && unwritten.is_empty(),
        decisions: recorded.iter().map(DecisionLine::new).collect(),
        blocked: Outline::all(&state, &blocked).await?,
        appeals: AppealOutline::all(&state, &with_board).await?,
        quarantine: Outline::all(&state, &quarantine).await?,
        vacant,
        hindered,
        resets,
        unwritten,
    };
    Ok(room.shown(&page).into_response())
}
