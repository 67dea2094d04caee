//! The page that shows recovery codes, once.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use service::second_factor::RecoveryCodes;

use super::Done;
use crate::{
    State,
    pages::{Frame, Shown},
    session::{Browser, LocalPath},
};

#[derive(Template)]
#[template(path = "security/codes.html")]
struct CodesPage<'a> {
    frame: Frame,
    codes: &'a [String],
    /// What has just been done, if these came with something.
    done: &'a str,
    next: &'a str,
}

/// What follows when a second factor was set up: the codes that came with the first one, or the page to go on to.
pub(super) fn follow(
    state: &State,
    browser: &Browser,
    codes: Option<&RecoveryCodes>,
    (done, next): (Done, Option<&LocalPath>),
) -> Response {
    let home = done.path();
    let next = next.map_or(home.as_str(), LocalPath::as_str);
    match codes {
        Some(codes) => page(state, browser, codes, (done.sentence(), next)).into_response(),
        None => Redirect::to(next).into_response(),
    }
}

/// Shows the codes; there is no second time.
pub(super) fn page(
    state: &State,
    browser: &Browser,
    codes: &RecoveryCodes,
    (done, next): (&str, &str),
) -> Shown {
    let page = CodesPage {
        frame: Frame::new(state, browser),
        codes: codes.reveal(),
        done,
        next,
    };
    Shown::new(state, browser, &page).private()
}
