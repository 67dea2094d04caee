//! Recording what the board has decided: one form, with the fields of each kind.

use askama::Template;
use axum::{
    extract::{Query, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use model::{Handle, moderation::board::DecisionKind};
use serde_json::{Map, Value, json};
use service::{
    accounts,
    moderation::board::{
        decisions::{self, NewDecision},
        seats,
    },
};
use time::{Date, macros::format_description};

use super::decision;
use crate::{
    State,
    pages::{
        Frame, PageError, Shown,
        console::{Part, Room, board_member},
        fields::Fields,
    },
    session::{Browser, Form},
};

const PAGE: &str = "/board/decisions/new";

#[derive(Template)]
#[template(path = "board/record.html")]
struct RecordPage<'a> {
    frame: Frame,
    part: Part,
    form_token: String,
    title: &'static str,
    explained: &'static str,
    kind: &'static str,
    problems: Vec<String>,
    needs_proof: bool,
    today: String,
    /// Number, holder.
    seats: Vec<(i16, Option<String>)>,
    filled: &'a Fields,
}

/// `GET /board/decisions/new`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(filled): Query<Fields>,
) -> Result<Response, PageError> {
    let room = board_member(&state, &browser, PAGE).await?;
    let kind = offered(&filled)?;
    Ok(page(&room, kind, &filled, Vec::new())
        .await?
        .into_response())
}

/// `POST /board/decisions/new`
pub(in crate::pages) async fn submit(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let room = board_member(&state, &browser, PAGE).await?;
    let kind = offered(&fields)?;
    let params = match params(&state, kind, &fields).await? {
        Ok(params) => params,
        Err(problem) => {
            let shown = page(&room, kind, &fields, vec![problem]).await?;
            return Ok(shown
                .status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response());
        }
    };
    match record(&room, PAGE, kind, params, &fields).await? {
        Outcome::Answered(answer) => Ok(answer),
        Outcome::Refused(problems) => {
            let shown = page(&room, kind, &fields, problems).await?;
            Ok(shown
                .status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response())
        }
    }
}

/// What became of recording a decision.
pub(super) enum Outcome {
    /// It is recorded, or something is asked for first.
    Answered(Response),
    /// It cannot be, for these reasons.
    Refused(Vec<String>),
}

/// Records a decision with the words that every form of one has.
pub(super) async fn record(
    room: &Room<'_>,
    here: &str,
    kind: DecisionKind,
    params: Value,
    fields: &Fields,
) -> Result<Outcome, PageError> {
    let format = format_description!("[year]-[month]-[day]");
    let Ok(decided_on) = Date::parse(fields.get("decided_on"), format) else {
        return Ok(Outcome::Refused(vec![
            "Say on which day it was decided.".to_owned(),
        ]));
    };
    if let Some(asked) = room.proof_first(here, fields).await? {
        return Ok(Outcome::Answered(asked));
    }
    let new = NewDecision {
        kind,
        params,
        text: fields.get("words").to_owned(),
        minutes_url: Some(fields.get("minutes_url").to_owned()).filter(|url| !url.is_empty()),
        decided_on,
    };
    match decisions::record(&room.state.app, &room.acting, new).await {
        Ok(view) => {
            let next = format!("{}?done=recorded", decision::path(view.decision.id));
            Ok(Outcome::Answered(Redirect::to(&next).into_response()))
        }
        Err(service::Error::Invalid(errors)) => Ok(Outcome::Refused(
            errors
                .into_iter()
                .map(|error| {
                    let field = match error.field {
                        "text" => "The board's words",
                        "minutes_url" => "The address of the minutes",
                        "decided_on" => "The day",
                        other => other,
                    };
                    format!("{} {}.", field.replace('_', " "), error.message)
                })
                .collect(),
        )),
        Err(service::Error::Conflict(sentence) | service::Error::Forbidden(sentence)) => {
            Ok(Outcome::Refused(vec![sentence]))
        }
        Err(error) => Err(error.into()),
    }
}

/// Today, as a field of a form takes it.
pub(super) fn today(state: &State) -> String {
    state.app.clock.now().date().to_string()
}

/// Kinds with a form of their own elsewhere are not recorded here.
fn offered(fields: &Fields) -> Result<DecisionKind, PageError> {
    DecisionKind::from_word(fields.get("kind"))
        .filter(|kind| {
            !matches!(
                kind,
                DecisionKind::AdoptDocument | DecisionKind::ChangeGovernance
            )
        })
        .ok_or(PageError::NotFound)
}

/// What a decision of this kind changes. The inner error is a sentence.
async fn params(
    state: &State,
    kind: DecisionKind,
    fields: &Fields,
) -> Result<Result<Value, String>, PageError> {
    let mut params = Map::new();
    let names: &[(&str, &str)] = match kind {
        DecisionKind::AppointModerator | DecisionKind::RemoveModerator => &[("seat_no", "seat")],
        DecisionKind::DecideAppeal => &[("appeal_id", "appeal"), ("outcome", "outcome")],
        DecisionKind::SubstituteApproval | DecisionKind::AppointAdHoc => {
            &[("proposal_id", "proposal")]
        }
        DecisionKind::DecideQuarantine => &[("proposal_id", "proposal"), ("outcome", "outcome")],
        DecisionKind::ConfirmReset => &[("person_id", "person")],
        DecisionKind::AdoptDocument | DecisionKind::ChangeGovernance => &[],
    };
    for (name, field) in names.iter().filter(|(_, field)| fields.has(field)) {
        params.insert((*name).to_owned(), json!(fields.get(field)));
    }
    if matches!(
        kind,
        DecisionKind::AppointModerator | DecisionKind::AppointAdHoc
    ) {
        let name = fields.get("name");
        let Ok(handle) = name.trim_start_matches('@').parse::<Handle>() else {
            return Ok(Err("Say who.".to_owned()));
        };
        match accounts::lookup(&state.app, &handle).await {
            Ok(account) => {
                params.insert("account_id".to_owned(), json!(account.id.to_string()));
            }
            Err(service::Error::NotFound) => {
                return Ok(Err(format!("“{name}” is no member of this server.")));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Ok(Value::Object(params)))
}

async fn page(
    room: &Room<'_>,
    kind: DecisionKind,
    filled: &Fields,
    problems: Vec<String>,
) -> Result<Shown, PageError> {
    let all = seats::seats(&room.state.app).await?;
    let page = RecordPage {
        frame: Frame::new(room.state, room.browser),
        part: Part::Decisions,
        form_token: room.form_token(),
        title: super::decisions::kind_words(kind),
        explained: explained(kind),
        kind: kind.as_str(),
        problems,
        needs_proof: room.needs_proof().await?,
        today: today(room.state),
        seats: all
            .into_iter()
            .map(|seat| (seat.no, seat.held.map(|held| held.holder.name)))
            .collect(),
        filled,
    };
    Ok(room.shown(&page))
}

fn explained(kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::AppointModerator => {
            "Somebody holds a seat, without a term, until they step down or the board removes them."
        }
        DecisionKind::RemoveModerator => {
            "Somebody loses a seat. Votes of theirs on what is still open do not count any more."
        }
        DecisionKind::DecideAppeal => "The board's word is the last one.",
        DecisionKind::SubstituteApproval => {
            "The board gives the one approval that is missing because too few moderators can vote."
        }
        DecisionKind::AppointAdHoc => {
            "Somebody is moderator for this one proposal, and for nothing else."
        }
        DecisionKind::DecideQuarantine => {
            "Posts that were hidden as illegal in an emergency nobody ratified. Nobody can see them now, and nothing is deleted."
        }
        DecisionKind::ConfirmReset => {
            "The operator has reset what somebody in office signs in with. Has the board made sure that it is still them?"
        }
        DecisionKind::AdoptDocument | DecisionKind::ChangeGovernance => "",
    }
}
