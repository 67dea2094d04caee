//! What moderators have decided about a member, for that member: what, by which rule, by whom; and the way to appeal.
//!
//! It is open to whoever a decision has shut out of everything else, and to those who have left the organisation: what opens
//! the leaver's page opens this one.

mod cards;
mod who;

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State as Extract},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use http::StatusCode;
use model::moderation::appeal::StrikeId;
use serde::Deserialize;
use service::moderation::{
    appeals::{self, LONGEST_APPEAL},
    reports,
};

use cards::{Decision, Question, Reported};
use who::Concerned;

use super::{Frame, PageError, Shown};
use crate::{
    State,
    session::{Browser, Form, Leaver},
};

/// The page on which everything is.
const HOME: &str = "/settings/decisions";

/// The page and what is done on it.
pub(super) fn router() -> Router<State> {
    Router::new()
        .route("/settings/decisions", get(show))
        .route("/settings/decisions/{strike}/appeal", post(appeal))
        .route(
            "/settings/decisions/appeals/{id}/answer",
            post(answer_appeal),
        )
        .route("/settings/decisions/questions/{id}/answer", post(answer))
        // Where Mastodon's mails and apps lead.
        .route("/disputes/strikes", get(|| async { Redirect::to(HOME) }))
        .route("/disputes/strikes/{id}", get(one))
}

#[derive(Template)]
#[template(path = "decisions.html")]
struct DecisionsPage<'a> {
    frame: Frame,
    form_token: String,
    done: &'a str,
    problem: &'a str,
    is_aside: bool,
    has_left: bool,
    questions: Vec<Question>,
    decisions: Vec<Decision>,
    reported: Vec<Reported>,
    longest: usize,
}

/// What was done on the way here.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Came {
    done: String,
}

/// What is filled in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filled {
    text: String,
}

/// `GET /settings/decisions`
async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    leaver: Leaver,
    Query(came): Query<Came>,
) -> Result<Response, PageError> {
    let concerned = Concerned::find(&browser, leaver)?;
    let done = match came.done.as_str() {
        "appeal" => "Your appeal is made. The decision stays in force until it is decided.",
        "answer" => "Your answer has reached the moderators.",
        _ => "",
    };
    let page = page(&state, &browser, &concerned, (done, "")).await?;
    Ok(page.into_response())
}

/// `GET /disputes/strikes/{id}`
async fn one(Path(id): Path<String>) -> Redirect {
    match id.parse::<StrikeId>() {
        Ok(id) => Redirect::to(&format!("{HOME}#decision-{id}")),
        Err(_) => Redirect::to(HOME),
    }
}

/// `POST /settings/decisions/{strike}/appeal`
async fn appeal(
    Extract(state): Extract<State>,
    Path(strike): Path<String>,
    leaver: Leaver,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    let concerned = Concerned::find(&browser, leaver)?;
    let strike = strike.parse().map_err(|_| PageError::NotFound)?;
    let done = appeals::file(&state.app, concerned.id, strike, &fields.text).await;
    after(&state, &browser, &concerned, done.map(|_| "appeal")).await
}

/// `POST /settings/decisions/appeals/{id}/answer`
async fn answer_appeal(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    leaver: Leaver,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    let concerned = Concerned::find(&browser, leaver)?;
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let done = appeals::answer(&state.app, concerned.id, id, &fields.text).await;
    after(&state, &browser, &concerned, done.map(|()| "answer")).await
}

/// `POST /settings/decisions/questions/{id}/answer`
async fn answer(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    leaver: Leaver,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    let concerned = Concerned::find(&browser, leaver)?;
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let done = reports::answer(&state.app, concerned.id, id, &fields.text).await;
    after(&state, &browser, &concerned, done.map(|()| "answer")).await
}

/// Back to the page, with what was done or what went wrong.
async fn after(
    state: &State,
    browser: &Browser,
    concerned: &Concerned,
    done: service::Result<&'static str>,
) -> Result<Response, PageError> {
    let (sentence, status) = match done {
        Ok(word) => return Ok(Redirect::to(&format!("{HOME}?done={word}")).into_response()),
        Err(error @ service::Error::Invalid(_)) => {
            (error.to_string(), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(service::Error::Conflict(sentence)) => (sentence, StatusCode::CONFLICT),
        Err(other) => return Err(other.into()),
    };
    let page = page(state, browser, concerned, ("", &sentence)).await?;
    Ok(page.status(status).into_response())
}

async fn page(
    state: &State,
    browser: &Browser,
    concerned: &Concerned,
    (done, problem): (&str, &str),
) -> Result<Shown, PageError> {
    let app = &state.app;
    let decisions = appeals::decisions_about(app, concerned.id).await?;
    let questions = reports::asked_of(app, concerned.id).await?;
    let reported = reports::own(app, concerned.id).await?;
    let secret = browser.form_secret(state);
    let page = DecisionsPage {
        frame: Frame::new(state, browser),
        form_token: secret.token,
        done,
        problem,
        is_aside: concerned.is_aside,
        has_left: concerned.has_left,
        questions: questions.into_iter().map(Question::from).collect(),
        decisions: decisions.into_iter().map(Decision::from).collect(),
        reported: reported.into_iter().map(Reported::from).collect(),
        longest: LONGEST_APPEAL,
    };
    Ok(Shown::new(state, browser, &page)
        .cookie(secret.cookie)
        .private())
}
