//! The way to the leaver's page: asking for a link, and using it.
//!
//! Opening a link's address uses nothing up yet, since programs that look into mail open links too; the button does.

use askama::Template;
use axum::{
    extract::{Path, State as Extract},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use http::{Extensions, StatusCode, header};
use serde::Deserialize;
use service::members;

use super::Nothing;
use crate::{
    State,
    extract::ClientAddress,
    limits::{self, Who},
    pages::{Frame, PageError, Shown, note::note},
    session::{Browser, Form, leaver_cookie},
};

#[derive(Template)]
#[template(path = "leaving_outside.html")]
struct OutsidePage {
    frame: Frame,
    form_token: String,
    sends_mail: bool,
}

#[derive(Template)]
#[template(path = "leaving_open.html")]
struct OpenPage<'a> {
    frame: Frame,
    form_token: String,
    key: &'a str,
}

/// What is filled in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Filled {
    name: String,
}

/// For who has no key yet.
pub(super) fn outside(state: &State, browser: &Browser) -> Response {
    let secret = browser.form_secret(state);
    let page = OutsidePage {
        frame: Frame::new(state, browser),
        form_token: secret.token,
        sends_mail: state.app.mailer.reaches_people(),
    };
    Shown::new(state, browser, &page)
        .cookie(secret.cookie)
        .private()
        .into_response()
}

/// `POST /auth/leaving/link`
pub(in crate::pages) async fn ask(
    Extract(state): Extract<State>,
    extensions: Extensions,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    let now = state.app.clock.now();
    let name = fields.name.trim().trim_start_matches('@');
    let counted = [
        (
            &limits::LETTER_ADDRESS,
            Who::at(ClientAddress::of(&extensions)),
        ),
        (&limits::LETTER_READER, Who::named(name)),
    ];
    for (rule, who) in counted {
        if let Some(allowance) = state.limits.take(rule, who, now)
            && !allowance.is_granted
        {
            return Err(PageError::TooMany(allowance.seconds_left(now)));
        }
    }
    members::ask_for_exit_link(&state.app, name).await?;
    let text = "If somebody of this name has left, and had given a private address before, a letter is on its way there.";
    let link = ("Back", "/auth/leaving");
    Ok(note(&state, &browser, "Look into your mail", text, link).into_response())
}

/// `GET /auth/leaving/{key}`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Path(key): Path<String>,
) -> Result<Response, PageError> {
    if !members::is_exit_link(&state.app, &key).await? {
        return Ok(used_up(&state, &browser));
    }
    let secret = browser.form_secret(&state);
    let page = OpenPage {
        frame: Frame::new(&state, &browser),
        form_token: secret.token,
        key: &key,
    };
    Ok(Shown::new(&state, &browser, &page)
        .cookie(secret.cookie)
        .private()
        .into_response())
}

/// `POST /auth/leaving/{key}`
pub(in crate::pages) async fn open(
    Extract(state): Extract<State>,
    Path(key): Path<String>,
    Form { browser, .. }: Form<Nothing>,
) -> Result<Response, PageError> {
    let Some(cookie) = members::open_exit(&state.app, &key).await? else {
        return Ok(used_up(&state, &browser));
    };
    let cookie = leaver_cookie(&state, &cookie);
    let headers = AppendHeaders([
        (header::SET_COOKIE, cookie),
        (
            header::CACHE_CONTROL,
            http::HeaderValue::from_static("private, no-store"),
        ),
    ]);
    Ok((headers, Redirect::to("/auth/leaving")).into_response())
}

fn used_up(state: &State, browser: &Browser) -> Response {
    note(
        state,
        browser,
        "This link has been used, or is too old",
        "Ask for another: to your private address, or from the people who run this server.",
        ("Ask for another", "/auth/leaving"),
    )
    .status(StatusCode::GONE)
    .into_response()
}
