//! Who holds which office, and who did.

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use service::moderation::board::seats;

use crate::{
    State,
    pages::{
        Frame, PageError,
        cards::Moment,
        console::{Part, board_member, state_words},
    },
    session::Browser,
};

const PAGE: &str = "/board/seats";

#[derive(Template)]
#[template(path = "board/seats.html")]
struct SeatsPage {
    frame: Frame,
    part: Part,
    seats: Vec<SeatLine>,
    past: Vec<PastLine>,
    board: Vec<MemberLine>,
}

struct SeatLine {
    no: i16,
    name: Option<String>,
    handle: String,
    since: Option<Moment>,
    state: &'static str,
    badge: &'static str,
    proposal: Option<String>,
}

struct PastLine {
    no: i16,
    name: String,
    from: Moment,
    until: Moment,
    why: String,
}

struct MemberLine {
    name: String,
    handle: String,
    since: Moment,
    waits: bool,
}

/// `GET /board/seats`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    let room = board_member(&state, &browser, PAGE).await?;
    let seats = seats::seats(&state.app).await?;
    let past = seats::past(&state.app).await?;
    let board = seats::board(&state.app).await?;
    let page = SeatsPage {
        frame: Frame::new(&state, &browser),
        part: Part::Seats,
        seats: seats
            .into_iter()
            .map(|seat| {
                let held = seat.held.as_ref();
                let (state, badge) = state_words(held.map(|held| held.state));
                SeatLine {
                    no: seat.no,
                    name: held.map(|held| held.holder.name.clone()),
                    handle: held.map_or_else(String::new, |held| held.holder.handle.clone()),
                    since: held.map(|held| Moment::day(held.appointed_at)),
                    proposal: held
                        .and_then(|held| held.ad_hoc_for)
                        .map(|id| id.to_string()),
                    state,
                    badge,
                }
            })
            .collect(),
        past: past
            .into_iter()
            .map(|past| PastLine {
                no: past.no,
                name: past.holder.name,
                from: Moment::day(past.appointed_at),
                until: Moment::day(past.ended_at),
                why: past.end_reason.replace('_', " "),
            })
            .collect(),
        board: board
            .into_iter()
            .map(|member| MemberLine {
                name: member.person.name.clone(),
                handle: member.person.handle.clone(),
                since: Moment::day(member.since),
                waits: member.person.votes_wait,
            })
            .collect(),
    };
    Ok(room.shown(&page).into_response())
}
