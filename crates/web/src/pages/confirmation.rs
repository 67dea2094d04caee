//! Confirming a mail address: the link in a letter leads here.
//!
//! Opening it confirms nothing yet, since programs that look into mail open links too; the button does.

use askama::Template;
use axum::{
    extract::{Query, State as Extract},
    response::{IntoResponse, Response},
};
use http::Extensions;
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
#[template(path = "confirm_address.html")]
struct ConfirmPage<'a> {
    frame: Frame,
    form_token: String,
    secret: &'a str,
    email: String,
}

/// The link's secret, under Mastodon's name.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Link {
    confirmation_token: String,
}

/// `GET /auth/confirmation`
pub(super) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(link): Query<Link>,
) -> Result<Response, PageError> {
    let secret = &link.confirmation_token;
    let Some(email) = members::address_of_link(&state.app, secret).await? else {
        return Ok(used_up(&state, &browser));
    };
    let form_secret = browser.form_secret(&state);
    let page = ConfirmPage {
        frame: Frame::new(&state, &browser),
        form_token: form_secret.token,
        secret,
        email,
    };
    Ok(Shown::new(&state, &browser, &page)
        .cookie(form_secret.cookie)
        .into_response())
}

/// `POST /auth/confirmation`
pub(super) async fn submit(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Link>,
) -> Result<Response, PageError> {
    let secret = &fields.confirmation_token;
    let Some(member) = members::confirm_address(&state.app, secret).await? else {
        return Ok(used_up(&state, &browser));
    };
    let text = match member.standing() {
        model::member::Standing::AwaitsApproval => {
            "Thank you. Somebody will look at your sign-up; once they have let you in, you can sign in here and with your app."
        }
        _ => "Thank you. You can sign in now, here and with your app.",
    };
    let link = match browser.signed_in {
        Some(_) => ("Go on", "/settings/email"),
        None => ("Sign in", "/auth/sign_in"),
    };
    Ok(note(&state, &browser, "Your address is confirmed", text, link).into_response())
}

/// `GET /auth/confirmation/new`
pub(super) async fn ask(Extract(state): Extract<State>, browser: Browser) -> Response {
    letter::form(
        &state,
        &browser,
        "/auth/confirmation/new",
        "Confirm your mail address",
        "The letter with the link can be sent to you once more.",
    )
}

/// `POST /auth/confirmation/new`
pub(super) async fn send(
    Extract(state): Extract<State>,
    extensions: Extensions,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    letter::ask(&state, &browser, &extensions, &fields, Wish::Confirmation).await
}

fn used_up(state: &State, browser: &Browser) -> Response {
    note(
        state,
        browser,
        "This link has been used, or is too old",
        "If your address is not confirmed yet, have the letter sent once more.",
        ("Have it sent once more", "/auth/confirmation/new"),
    )
    .status(http::StatusCode::GONE)
    .into_response()
}
