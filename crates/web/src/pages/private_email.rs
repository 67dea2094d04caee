//! A member's private address, for the time after they leave.

use askama::Template;
use axum::{
    extract::{Path, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use serde::Deserialize;
use service::members::{self, PrivateAddress};

use super::{Frame, PageError, Shown, note::note};
use crate::{
    State,
    limits::{self, Who},
    session::{Browser, Form, SignedIn},
};

/// Where somebody signs in who wants to see this page.
const SIGN_IN: &str = "/auth/sign_in?redirect_to=/settings/private_email";

#[derive(Template)]
#[template(path = "private_email.html")]
struct PrivatePage<'a> {
    frame: Frame,
    form_token: String,
    address: PrivateAddress,
    sends_mail: bool,
    problem: &'a str,
}

#[derive(Template)]
#[template(path = "confirm_private_email.html")]
struct ConfirmPage<'a> {
    frame: Frame,
    form_token: String,
    secret: &'a str,
}

/// What is filled in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Filled {
    email: String,
}

/// Nothing but the hidden value.
#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `GET /settings/private_email`
pub(super) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    let Some(signed_in) = &browser.signed_in else {
        return Ok(Redirect::to(SIGN_IN).into_response());
    };
    Ok(page(&state, &browser, signed_in, "").await?.into_response())
}

/// `POST /settings/private_email`
pub(super) async fn submit(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    let Some(signed_in) = &browser.signed_in else {
        return Ok(Redirect::to(SIGN_IN).into_response());
    };
    let id = signed_in.member.account.id;
    let now = state.app.clock.now();
    if let Some(allowance) = state
        .limits
        .take(&limits::LETTER_READER, Who::Member(id), now)
        && !allowance.is_granted
    {
        return Err(PageError::TooMany(allowance.seconds_left(now)));
    }
    match members::give_private_address(&state.app, id, fields.email.trim()).await {
        Ok(()) => Ok(Redirect::to("/settings/private_email").into_response()),
        Err(service::Error::Invalid(_)) => {
            let page = page(&state, &browser, signed_in, "That is no mail address.").await?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page.status(status).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /settings/private_email/forget`
pub(super) async fn forget(
    Extract(state): Extract<State>,
    Form { browser, .. }: Form<Nothing>,
) -> Result<Response, PageError> {
    let Some(signed_in) = &browser.signed_in else {
        return Ok(Redirect::to(SIGN_IN).into_response());
    };
    members::forget_private_address(&state.app, signed_in.member.account.id).await?;
    Ok(Redirect::to("/settings/private_email").into_response())
}

/// `GET /settings/private_email/{secret}`: the link of the letter. Opening it confirms nothing yet, since programs
/// that look into mail open links too; the button does.
pub(super) async fn asked(
    Extract(state): Extract<State>,
    browser: Browser,
    Path(secret): Path<String>,
) -> Response {
    let form = browser.form_secret(&state);
    let page = ConfirmPage {
        frame: Frame::new(&state, &browser),
        form_token: form.token,
        secret: &secret,
    };
    Shown::new(&state, &browser, &page)
        .cookie(form.cookie)
        .private()
        .into_response()
}

/// `POST /settings/private_email/{secret}`
pub(super) async fn confirm(
    Extract(state): Extract<State>,
    Path(secret): Path<String>,
    Form { browser, .. }: Form<Nothing>,
) -> Result<Response, PageError> {
    let front = ("To the front page", "/");
    if members::confirm_private_address(&state.app, &secret).await? {
        let text = "When you leave the organisation, you will be written to there, with a link to your data.";
        return Ok(note(
            &state,
            &browser,
            "Your private address is confirmed",
            text,
            front,
        )
        .into_response());
    }
    let text = "The link has been used, is too old, or was replaced by another.";
    Ok(note(&state, &browser, "Nothing was confirmed", text, front)
        .status(StatusCode::GONE)
        .into_response())
}

async fn page(
    state: &State,
    browser: &Browser,
    signed_in: &SignedIn,
    problem: &str,
) -> Result<Shown, PageError> {
    let page = PrivatePage {
        frame: Frame::new(state, browser),
        form_token: signed_in.form_token(state),
        address: members::private_address(&state.app, signed_in.member.account.id).await?,
        sends_mail: state.app.mailer.reaches_people(),
        problem,
    };
    Ok(Shown::new(state, browser, &page).private())
}
