//! An office demands a second factor, and there is none yet: nothing else is open before there is one.

use askama::Template;
use axum::{
    extract::{Query, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use service::second_factor;

use super::leading_to;
use crate::{
    State,
    pages::{Frame, PageError, Shown},
    session::{Browser, LocalPath},
};

#[derive(Template)]
#[template(path = "second_factor/set_up.html")]
struct SetUpPage {
    frame: Frame,
    app: String,
    passkey: String,
}

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Next {
    redirect_to: String,
}

impl Next {
    /// The page, if it is one of ours.
    pub(in crate::pages) fn path(&self) -> Option<LocalPath> {
        LocalPath::parse(&self.redirect_to)
    }
}

/// `GET /auth/second_factor/set_up`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(next): Query<Next>,
) -> Result<Response, PageError> {
    let next = next.path().unwrap_or_else(LocalPath::front);
    let Some(signed_in) = browser.sitting() else {
        return Ok(Redirect::to(&leading_to("/auth/sign_in", &next)).into_response());
    };
    if !second_factor::must_set_up(&state.app, &signed_in.member).await? {
        return Ok(Redirect::to(next.as_str()).into_response());
    }
    let page = SetUpPage {
        frame: Frame::new(&state, &browser),
        app: leading_to("/settings/security/app", &next),
        passkey: leading_to("/settings/security/passkeys/new", &next),
    };
    Ok(Shown::new(&state, &browser, &page)
        .private()
        .into_response())
}
