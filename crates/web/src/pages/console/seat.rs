//! What moderators do about their own seat: be away for a while, come back, give it up.

use askama::Template;
use axum::{
    extract::{Query, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use model::moderation::seat::SeatState;
use serde::Deserialize;
use service::moderation::board::seats;

use super::{Part, gate, queue};
use crate::{
    State,
    pages::{Frame, PageError, cards::Moment, fields::Fields},
    session::{Browser, Form},
};

const PAGE: &str = "/console/seat";

#[derive(Template)]
#[template(path = "console/seat.html")]
struct SeatPage {
    frame: Frame,
    part: Part,
    form_token: String,
    done: &'static str,
    no: i16,
    since: Moment,
    hindrance: Option<&'static str>,
    is_active: bool,
    is_on_leave: bool,
    lacks_second_factor: bool,
    colleagues: Vec<Colleague>,
}

struct Colleague {
    no: i16,
    name: Option<String>,
    state: &'static str,
    badge: &'static str,
    is_own: bool,
}

/// What was done on the way here.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Came {
    done: String,
}

/// `GET /console/seat`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(came): Query<Came>,
) -> Result<Response, PageError> {
    let room = gate::moderator(&state, &browser, PAGE).await?;
    let own = room
        .acting
        .officer
        .seat
        .as_ref()
        .ok_or(PageError::NotFound)?;
    let all = seats::seats(&state.app).await?;
    let page = SeatPage {
        frame: Frame::new(&state, &browser),
        part: Part::Seat,
        form_token: room.form_token(),
        done: match came.done.as_str() {
            "left" => "You are on leave. The others and the board are told.",
            "returned" => "Welcome back. Your answers count again.",
            _ => "",
        },
        no: own.no,
        since: Moment::day(own.appointed_at),
        hindrance: queue::hindrance(&room.acting),
        is_active: own.state == SeatState::Active,
        is_on_leave: own.state == SeatState::OnLeave,
        lacks_second_factor: own.state == SeatState::NoSecondFactor,
        colleagues: all
            .iter()
            .map(|seat| {
                let held = seat.held.as_ref();
                let (state, badge) = state_words(held.map(|held| held.state));
                Colleague {
                    no: seat.no,
                    name: held.map(|held| held.holder.name.clone()),
                    state,
                    badge,
                    is_own: seat.no == own.no,
                }
            })
            .collect(),
    };
    Ok(room.shown(&page).into_response())
}

/// A seat's state and its badge.
pub(in crate::pages) fn state_words(state: Option<SeatState>) -> (&'static str, &'static str) {
    match state {
        None => ("vacant", "urgent"),
        Some(SeatState::Active) => ("active", "done"),
        Some(SeatState::OnLeave) => ("on leave", "off"),
        Some(SeatState::Inactive) => ("blocked: inactive", "warn"),
        Some(SeatState::NoSecondFactor) => ("blocked: no second factor", "warn"),
    }
}

/// `POST /console/seat/leave`
pub(in crate::pages) async fn leave(
    Extract(state): Extract<State>,
    Form { browser, .. }: Form<Fields>,
) -> Result<Response, PageError> {
    let room = gate::moderator(&state, &browser, PAGE).await?;
    seats::leave(&state.app, &room.acting).await?;
    Ok(Redirect::to("/console/seat?done=left").into_response())
}

/// `POST /console/seat/return`
pub(in crate::pages) async fn come_back(
    Extract(state): Extract<State>,
    Form { browser, .. }: Form<Fields>,
) -> Result<Response, PageError> {
    let room = gate::moderator(&state, &browser, PAGE).await?;
    seats::come_back(&state.app, &room.acting).await?;
    Ok(Redirect::to("/console/seat?done=returned").into_response())
}

/// `POST /console/seat/step_down`
pub(in crate::pages) async fn step_down(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let room = gate::moderator(&state, &browser, PAGE).await?;
    if !fields.has("sure") {
        return Ok(Redirect::to(PAGE).into_response());
    }
    let here = "/console/seat/step_down";
    if let Some(asked) = room.proof_first(here, &fields).await? {
        return Ok(asked);
    }
    seats::step_down(&state.app, &room.acting).await?;
    Ok(Redirect::to("/").into_response())
}
