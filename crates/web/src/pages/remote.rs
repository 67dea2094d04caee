//! People and posts of other servers: where they are to be found. What they say is shown there.

use askama::Template;
use axum::response::{IntoResponse, Response};
use model::{Account, status::StatusView};

use super::{
    Frame, PageError, Shown,
    cards::{PersonCard, web_url},
};
use crate::{State, session::Browser};

#[derive(Template)]
#[template(path = "remote.html")]
struct Elsewhere {
    frame: Frame,
    person: PersonCard,
    what: &'static str,
    url: String,
    host: String,
}

/// The way to somebody's profile. One goes there oneself: nobody is sent away from here without seeing where to (S58).
pub(super) fn profile(state: &State, browser: &Browser, account: &Account) -> Response {
    show(state, browser, account, "profile", &account.url)
}

/// The way to a post.
pub(super) fn post(state: &State, browser: &Browser, view: &StatusView) -> Response {
    show(state, browser, &view.author, "post", &view.status.url)
}

fn show(
    state: &State,
    browser: &Browser,
    account: &Account,
    what: &'static str,
    url: &str,
) -> Response {
    let Some(host) = web_url(url).and_then(host) else {
        return PageError::NotFound.into_response();
    };
    let page = Elsewhere {
        frame: Frame::new(state, browser),
        person: PersonCard::new(state, account),
        what,
        url: url.to_owned(),
        host,
    };
    Shown::new(state, browser, &page).into_response()
}

fn host(url: &str) -> Option<String> {
    url::Url::parse(url).ok()?.host_str().map(str::to_owned)
}
