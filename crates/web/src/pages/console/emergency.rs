//! Acting alone, when waiting would do harm.

use axum::{
    extract::{Query, State as Extract},
    response::{IntoResponse, Response},
};
use model::moderation::Kind;
use service::moderation::{board, emergency};

use super::{
    Part, Room,
    form::{self, FormPart, Read},
    gate,
    propose::{KindsPage, MeasurePage, Said, about, groups, opened},
};
use crate::{
    State,
    pages::{Frame, PageError, Shown, fields::Fields, spans},
    session::{Browser, Form},
};

const PAGE: &str = "/console/emergency";
const LEAD: &str = "For illegal content, disclosed private data, a threat to a person, a compromised account, a flood of spam or an attack. Everything here can be undone exactly.";

/// `GET /console/emergency`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(filled): Query<Fields>,
) -> Result<Response, PageError> {
    let room = gate::moderator(&state, &browser, PAGE).await?;
    let kind = Kind::from_word(filled.get("kind")).filter(|kind| kind.is_emergency_measure());
    let Some(kind) = kind else {
        let page = KindsPage {
            frame: Frame::new(&state, &browser),
            part: Part::Emergency,
            heading: "Act at once",
            lead: LEAD,
            page: PAGE,
            about: about(&filled),
            groups: groups(&filled, Kind::is_emergency_measure),
        };
        return Ok(room.shown(&page).into_response());
    };
    let filled = form::opened_from(kind, filled);
    Ok(page(&room, kind, filled, Said::default())
        .await?
        .into_response())
}

/// `POST /console/emergency`
pub(in crate::pages) async fn submit(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let room = gate::moderator(&state, &browser, PAGE).await?;
    let kind = Kind::from_word(fields.get("kind"))
        .filter(|kind| kind.is_emergency_measure())
        .ok_or(PageError::Malformed)?;
    let said = match form::read(&state, kind, &fields).await? {
        Read::Problems(problems) => Said::problems(problems),
        Read::Doubts(doubts) => Said::doubts(doubts),
        Read::Measure(new) => {
            if let Some(asked) = room.proof_first(PAGE, &fields).await? {
                return Ok(asked);
            }
            match emergency::take(&state.app, &room.acting, *new).await {
                Ok(view) => return Ok(opened(view.proposal.id, "taken")),
                Err(error) => Said::problems(form::sentences(&error).ok_or(error)?),
            }
        }
    };
    Ok(page(&room, kind, fields, said).await?.into_response())
}

async fn page(room: &Room<'_>, kind: Kind, filled: Fields, said: Said) -> Result<Shown, PageError> {
    let status = said.status();
    let governance = board::current_governance(&room.state.app).await?;
    let hours = spans::counted(i64::from(governance.ratify_hours), "hour");
    let lead = format!(
        "It is in force and in the public log at once, under your name. Unless a second moderator ratifies it within {hours}, it is rolled back by itself."
    );
    let filled = if filled.has("hours") {
        filled
    } else {
        filled.with("hours", "24")
    };
    let page = MeasurePage {
        frame: Frame::new(room.state, room.browser),
        part: Part::Emergency,
        form_token: room.form_token(),
        heading: "Act at once",
        lead: &lead,
        action: PAGE,
        button: "Do it now",
        is_emergency: true,
        is_amendment: false,
        needs_proof: room.needs_proof().await?,
        problems: said.problems,
        doubts: said.doubts,
        form: FormPart::new(room.state, kind, filled, true).await?,
    };
    Ok(room.shown(&page).status(status))
}
