//! What waits, most urgent first.

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{IntoResponse, Redirect, Response},
};
use model::moderation::seat::SeatState;
use service::moderation::{Acting, appeals, queue, reports};

use super::{AppealOutline, HOME, Outline, Part, case_line::CaseOutline, channels, drafts, gate};
use crate::{
    State,
    pages::{Frame, PageError, spans},
    session::Browser,
};

#[derive(Template)]
#[template(path = "console/queue.html")]
struct QueuePage {
    frame: Frame,
    part: Part,
    summary: String,
    /// Why the one who looks cannot act at present.
    hindrance: Option<&'static str>,
    failing_channels: usize,
    drafts: Vec<Outline>,
    yours: Vec<Outline>,
    cases: Vec<CaseOutline>,
    appeals: Vec<AppealOutline>,
    others: Vec<Outline>,
}

/// `GET /console`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    let room = gate::officer(&state, &browser, HOME).await?;
    if room.acting.officer.seat.is_none() {
        return Ok(Redirect::to("/board").into_response());
    }
    let views = queue::queue(&state.app, &room.acting).await?;
    let (yours, others): (Vec<_>, Vec<_>) = Outline::all(&state, &views)
        .await?
        .into_iter()
        .partition(|outline| outline.waits_for_you);
    let now = state.app.clock.now();
    let drafts = drafts::own(&room).await?;
    let cases: Vec<CaseOutline> = reports::open(&state.app, &room.acting)
        .await?
        .iter()
        .map(|line| CaseOutline::new(&state, line, now))
        .collect();
    let open = appeals::queue(&state.app, &room.acting).await?;
    let page = QueuePage {
        frame: Frame::new(&state, &browser),
        part: Part::Queue,
        summary: summary(yours.len(), cases.len(), others.len()),
        hindrance: hindrance(&room.acting),
        failing_channels: channels::failing(&state).await?,
        drafts: Outline::all(&state, &drafts).await?,
        yours,
        cases,
        appeals: AppealOutline::all(&state, &open).await?,
        others,
    };
    Ok(room.shown(&page).into_response())
}

fn summary(yours: usize, cases: usize, others: usize) -> String {
    if yours + cases + others == 0 {
        return "Nothing at all. Enjoy the day.".to_owned();
    }
    let count =
        |number: usize, thing| spans::counted(i64::try_from(number).unwrap_or(i64::MAX), thing);
    format!(
        "{} for you to answer, {}, {} waiting for others.",
        count(yours, "proposal"),
        count(cases, "open case"),
        count(others, "proposal"),
    )
}

/// Why somebody who holds a seat cannot act at present.
pub(super) fn hindrance(acting: &Acting) -> Option<&'static str> {
    if acting.officer.person.votes_wait {
        return Some(
            "The operator has reset what you sign in with. Your votes wait until the board has confirmed it.",
        );
    }
    match acting.officer.seat.as_ref()?.state {
        SeatState::Active => None,
        SeatState::OnLeave => Some("You are on leave, so you cannot vote."),
        SeatState::Inactive => Some(
            "The directory says that you are inactive. Your seat is blocked until the board has looked at it.",
        ),
        SeatState::NoSecondFactor => {
            Some("Your seat is blocked until you have set up a second factor.")
        }
    }
}
