//! Asking for a letter, for whoever knows no more than their address.

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::Extensions;
use serde::Deserialize;
use service::members::{self, Wish};

use super::{Frame, PageError, Shown, note::note};
use crate::{
    State,
    extract::ClientAddress,
    limits::{self, Who},
    session::Browser,
};

#[derive(Template)]
#[template(path = "ask_for_letter.html")]
struct AskPage<'a> {
    frame: Frame,
    form_token: String,
    action: &'a str,
    heading: &'a str,
    text: &'a str,
}

/// What is filled in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Filled {
    email: String,
}

/// The form by which a letter is asked for.
pub(super) fn form(
    state: &State,
    browser: &Browser,
    action: &str,
    heading: &str,
    text: &str,
) -> Response {
    let secret = browser.form_secret(state);
    let page = AskPage {
        frame: Frame::new(state, browser),
        form_token: secret.token,
        action,
        heading,
        text,
    };
    Shown::new(state, browser, &page)
        .cookie(secret.cookie)
        .into_response()
}

/// Takes the wish. The answer is the same whoever has the address, if anybody has.
pub(super) async fn ask(
    state: &State,
    browser: &Browser,
    extensions: &Extensions,
    filled: &Filled,
    wish: Wish,
) -> Result<Response, PageError> {
    let now = state.app.clock.now();
    let email = filled.email.trim().to_lowercase();
    let counted = [
        (
            &limits::LETTER_ADDRESS,
            Who::at(ClientAddress::of(extensions)),
        ),
        (&limits::LETTER_READER, Who::named(&email)),
    ];
    for (rule, who) in counted {
        if let Some(allowance) = state.limits.take(rule, who, now)
            && !allowance.is_granted
        {
            return Err(PageError::TooMany(allowance.seconds_left(now)));
        }
    }
    members::ask_for_letter(&state.app, &email, wish).await?;
    let text = "If there is an account with this address, a letter is on its way to it. It may take a few minutes; look among the unwanted mail too.";
    let link = ("Back to signing in", "/auth/sign_in");
    Ok(note(state, browser, "Look into your mail", text, link).into_response())
}
