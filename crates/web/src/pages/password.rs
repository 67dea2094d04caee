//! A forgotten password: a letter is asked for, and its link leads to a new one.

use askama::Template;
use axum::{
    extract::{Query, State as Extract},
    response::{IntoResponse, Response},
};
use http::{Extensions, StatusCode};
use serde::Deserialize;
use service::members::{self, Wish};

use super::{
    Frame, PageError, Shown,
    letter::{self, Filled},
    note::note,
};
use crate::{
    State,
    session::{Browser, Form},
};

#[derive(Template)]
#[template(path = "new_password.html")]
struct NewPasswordPage<'a> {
    frame: Frame,
    form_token: String,
    secret: &'a str,
    problem: &'a str,
}

/// The link's secret, under Mastodon's name.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Link {
    reset_password_token: String,
}

/// What is filled in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wished {
    reset_password_token: String,
    password: String,
}

/// `GET /auth/password/new`
pub(super) async fn ask(Extract(state): Extract<State>, browser: Browser) -> Response {
    letter::form(
        &state,
        &browser,
        "/auth/password/new",
        "Forgotten your password?",
        "A letter with a link to choose a new one can be sent to you.",
    )
}

/// `POST /auth/password/new`
pub(super) async fn send(
    Extract(state): Extract<State>,
    extensions: Extensions,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    letter::ask(&state, &browser, &extensions, &fields, Wish::Reset).await
}

/// `GET /auth/password/edit`
pub(super) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(link): Query<Link>,
) -> Result<Response, PageError> {
    if !members::may_reset(&state.app, &link.reset_password_token).await? {
        return Ok(used_up(&state, &browser));
    }
    Ok(page(&state, &browser, &link.reset_password_token, "").into_response())
}

/// `POST /auth/password/edit`
pub(super) async fn submit(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Wished>,
) -> Result<Response, PageError> {
    let secret = &fields.reset_password_token;
    match members::reset_password(&state.app, secret, &fields.password).await {
        Ok(true) => Ok(note(
            &state,
            &browser,
            "Your password is set",
            "Every browser and app has been signed out. Sign in with the new password.",
            ("Sign in", "/auth/sign_in"),
        )
        .into_response()),
        Ok(false) => Ok(used_up(&state, &browser)),
        Err(service::Error::Invalid(errors)) => {
            let problem = errors.first().map_or("is invalid", |error| &error.message);
            Ok(page(&state, &browser, secret, problem)
                .status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response())
        }
        Err(other) => Err(other.into()),
    }
}

fn page(state: &State, browser: &Browser, secret: &str, problem: &str) -> Shown {
    let form_secret = browser.form_secret(state);
    let page = NewPasswordPage {
        frame: Frame::new(state, browser),
        form_token: form_secret.token,
        secret,
        problem,
    };
    Shown::new(state, browser, &page).cookie(form_secret.cookie)
}

fn used_up(state: &State, browser: &Browser) -> Response {
    note(
        state,
        browser,
        "This link has been used, or is too old",
        "Your password is as it was.",
        ("Ask for another link", "/auth/password/new"),
    )
    .status(StatusCode::GONE)
    .into_response()
}
