//! A member's mail address: shown, and changed by those whose directory does not say what it is.

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use serde::Deserialize;
use service::members;

use super::{Frame, PageError, Shown};
use crate::{
    State,
    session::{Browser, Form},
};

/// Where somebody signs in who wants to see this page.
const SIGN_IN: &str = "/auth/sign_in?redirect_to=/settings/email";

#[derive(Template)]
#[template(path = "address.html")]
struct AddressPage<'a> {
    frame: Frame,
    form_token: String,
    email: Option<String>,
    waiting: Option<String>,
    is_linked: bool,
    note: &'a str,
    problem: &'a str,
}

/// What is filled in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Filled {
    email: String,
}

/// `GET /settings/email`
pub(super) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    page(&state, &browser, "", "").await
}

/// `POST /settings/email`
pub(super) async fn submit(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    let Some(signed_in) = &browser.signed_in else {
        return Ok(Redirect::to(SIGN_IN).into_response());
    };
    let id = signed_in.member.account.id;
    match members::change_address(&state.app, id, fields.email.trim()).await {
        Ok(()) if state.app.mailer.reaches_people() => {
            let note = "A letter is on its way to the new address. Follow its link, and the address is yours.";
            page(&state, &browser, note, "").await
        }
        Ok(()) => page(&state, &browser, "The address is changed.", "").await,
        Err(service::Error::Invalid(errors)) => {
            let problem = errors.first().map_or("is invalid", |error| &error.message);
            let mut response = page(&state, &browser, "", problem).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

async fn page(
    state: &State,
    browser: &Browser,
    note: &str,
    problem: &str,
) -> Result<Response, PageError> {
    let Some(signed_in) = &browser.signed_in else {
        return Ok(Redirect::to(SIGN_IN).into_response());
    };
    let id = signed_in.member.account.id;
    let member = members::get(&state.app, id).await?;
    let page = AddressPage {
        frame: Frame::new(state, browser),
        form_token: signed_in.form_token(state),
        waiting: members::unconfirmed_address(&state.app, id).await?,
        is_linked: members::is_linked(&state.app, id).await?,
        email: member.email,
        note,
        problem,
    };
    Ok(Shown::new(state, browser, &page).private().into_response())
}
