//! Setting up an authenticator app, and giving it up.

use askama::Template;
use axum::{
    extract::{Query, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use serde::Deserialize;
use service::second_factor::{self, Confirmed};

use super::{
    Done, HOME, codes,
    gate::{self, SetUp},
};
use crate::{
    State,
    pages::{
        Frame, PageError, Shown,
        second_factor::{picture, set_up::Next},
    },
    session::{Browser, Form, LocalPath, SignedIn},
};

const PAGE: &str = "/settings/security/app";
const WRONG: &str = "This is not the code that the app shows for this secret now. Is the clock of your phone right?";
const LATE: &str = "That secret was shown too long ago; here is a new one. Scan it once more.";

#[derive(Template)]
#[template(path = "security/app.html")]
struct AppPage<'a> {
    frame: Frame,
    form_token: String,
    redirect_to: String,
    /// The secret, in groups that can be read aloud.
    secret: String,
    url: String,
    picture: Option<String>,
    problem: &'a str,
}

/// What is filled in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Filled {
    code: String,
    redirect_to: String,
}

/// Nothing but the hidden value.
#[derive(Deserialize)]
pub(in crate::pages) struct Nothing {}

/// `GET /settings/security/app`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(next): Query<Next>,
) -> Result<Response, PageError> {
    let set_up = SetUp::at(PAGE, next.path());
    let signed_in = set_up.by(&state, &browser)?;
    Ok(page(&state, &browser, signed_in, (&set_up, ""))
        .await?
        .into_response())
}

/// `POST /settings/security/app`
pub(in crate::pages) async fn confirm(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    let set_up = SetUp::at(PAGE, LocalPath::parse(&fields.redirect_to));
    let signed_in = set_up.by(&state, &browser)?;
    let problem =
        match second_factor::confirm_totp(&state.app, &signed_in.member, &fields.code).await? {
            Confirmed::Yes(codes) => {
                let then = (Done::App, set_up.next.as_ref());
                return Ok(codes::follow(&state, &browser, codes.as_ref(), then));
            }
            Confirmed::WrongCode => WRONG,
            Confirmed::TooLate => LATE,
        };
    Ok(page(&state, &browser, signed_in, (&set_up, problem))
        .await?
        .status(StatusCode::UNPROCESSABLE_ENTITY)
        .into_response())
}

/// `POST /settings/security/app/remove`
pub(in crate::pages) async fn remove(
    Extract(state): Extract<State>,
    Form { browser, .. }: Form<Nothing>,
) -> Result<Response, PageError> {
    let signed_in = gate::fully(&browser, HOME)?;
    gate::proved(&state, signed_in, HOME)?;
    second_factor::remove_totp(&state.app, &signed_in.member).await?;
    Ok(Redirect::to(&Done::AppRemoved.path()).into_response())
}

async fn page(
    state: &State,
    browser: &Browser,
    signed_in: &SignedIn,
    (set_up, problem): (&SetUp, &str),
) -> Result<Shown, PageError> {
    let setup = second_factor::begin_totp(&state.app, &signed_in.member).await?;
    let page = AppPage {
        frame: Frame::new(state, browser),
        form_token: signed_in.form_token(state),
        redirect_to: set_up.redirect_to(),
        secret: in_groups(&setup.secret),
        picture: picture(&setup.url),
        url: setup.url,
        problem,
    };
    Ok(Shown::new(state, browser, &page).private())
}

fn in_groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}
