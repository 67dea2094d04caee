//! Setting up an authenticator app, and giving it up.

use askama::Template;
use axum::{
    extract::{Query, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use serde::Deserialize;
use service::second_factor::{self, Confirmed};

use super::{Done, HOME, codes, gate};
use crate::{
    State,
    pages::{
        Frame, PageError, Shown,
        second_factor::{leading_to, picture, set_up::Next},
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
    let next = next.path();
    let here = here(next.as_ref());
    let signed_in = gate::sitting(&browser, &here)?;
    gate::proved(&state, signed_in, &here)?;
    Ok(page(&state, &browser, signed_in, next.as_ref(), "")
        .await?
        .into_response())
}

/// `POST /settings/security/app`
pub(in crate::pages) async fn confirm(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    let next = LocalPath::parse(&fields.redirect_to).filter(|path| *path != LocalPath::front());
    let here = here(next.as_ref());
    let signed_in = gate::sitting(&browser, &here)?;
    gate::proved(&state, signed_in, &here)?;
    let problem =
        match second_factor::confirm_totp(&state.app, &signed_in.member, &fields.code).await? {
            Confirmed::Yes(codes) => {
                let done = Done::App.path();
                let next = next.as_ref().map_or(done.as_str(), LocalPath::as_str);
                return Ok(match codes {
                    Some(codes) => {
                        let told = (Done::App.sentence(), next);
                        codes::page(&state, &browser, &codes, told).into_response()
                    }
                    None => Redirect::to(next).into_response(),
                });
            }
            Confirmed::WrongCode => WRONG,
            Confirmed::TooLate => LATE,
        };
    Ok(page(&state, &browser, signed_in, next.as_ref(), problem)
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

fn here(next: Option<&LocalPath>) -> String {
    next.map_or_else(|| PAGE.to_owned(), |next| leading_to(PAGE, next))
}

async fn page(
    state: &State,
    browser: &Browser,
    signed_in: &SignedIn,
    next: Option<&LocalPath>,
    problem: &str,
) -> Result<Shown, PageError> {
    let setup = second_factor::begin_totp(&state.app, &signed_in.member).await?;
    let page = AppPage {
        frame: Frame::new(state, browser),
        form_token: signed_in.form_token(state),
        redirect_to: next.map(ToString::to_string).unwrap_or_default(),
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
