//! The page of somebody who has left the organisation: take along what is theirs, or delete it.
//!
//! It is reached by a link that works once, printed by the operator or sent to a private address. What opens it is
//! no session: whoever sits there is shown this page and can do nothing else.

pub(super) mod delete;
pub(super) mod door;
pub(super) mod export;

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use http::{StatusCode, header};
use serde::Deserialize;
use service::{members::Export, settings::LeaverEnd};

use super::{Frame, PageError, Shown};
use crate::{
    State,
    session::{Browser, Form, Leaver, LeaverSession},
};

#[derive(Template)]
#[template(path = "leaving.html")]
struct LeavingPage<'a> {
    frame: Frame,
    form_token: String,
    handle: String,
    /// Whether they have left, rather than that moderators have shut them out.
    has_left: bool,
    /// The last day.
    until: String,
    /// Whether the account is deleted then, or only closed.
    is_deleted_then: bool,
    files: Vec<File>,
    problem: &'a str,
}

/// Something to be taken along.
struct File {
    name: &'static str,
    what: &'static str,
}

/// Nothing but the hidden value.
#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `GET /auth/leaving`
pub(super) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Leaver(leaver): Leaver,
) -> Response {
    match leaver {
        Some(leaver) => page(&state, &browser, &leaver, "").into_response(),
        None => door::outside(&state, &browser),
    }
}

/// `POST /auth/leaving/close`
pub(super) async fn close(
    Extract(state): Extract<State>,
    Leaver(leaver): Leaver,
    _: Form<Nothing>,
) -> Result<Response, PageError> {
    let front = Redirect::to("/");
    let Some(leaver) = leaver else {
        return Ok(front.into_response());
    };
    let cookie = leaver.close(&state).await?;
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), front).into_response())
}

fn page(state: &State, browser: &Browser, leaver: &LeaverSession, problem: &str) -> Shown {
    let secret = browser.form_secret(state);
    let member = &leaver.member;
    let page = LeavingPage {
        frame: Frame::new(state, browser),
        form_token: secret.token,
        handle: member.account.username.to_string(),
        has_left: member.left_at.is_some(),
        until: member
            .ends_at
            .map_or_else(String::new, |end| end.date().to_string()),
        is_deleted_then: state.app.settings.sign_in.end == LeaverEnd::Delete,
        files: files(),
        problem,
    };
    Shown::new(state, browser, &page)
        .status(if problem.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        })
        .cookie(secret.cookie)
        .private()
}

fn files() -> Vec<File> {
    let documents = [
        File {
            name: export::OUTBOX,
            what: "Everything you have posted and boosted",
        },
        File {
            name: export::ACTOR,
            what: "Your profile",
        },
    ];
    let lists = Export::ALL.into_iter().map(|list| File {
        name: list.file_name(),
        what: match list {
            Export::Follows => "Whom you follow",
            Export::Followers => "Who follows you",
            Export::Blocks => "Whom you block",
            Export::Mutes => "Whom you mute",
            Export::Bookmarks => "What you have bookmarked",
        },
    });
    lists.chain(documents).collect()
}
