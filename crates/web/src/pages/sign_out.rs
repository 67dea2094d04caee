//! Signing out.

use axum::{
    extract::State as Extract,
    response::{IntoResponse, Redirect, Response},
};
use http::header;
use serde::Deserialize;

use super::PageError;
use crate::{
    State,
    session::{self, Form},
};

/// Nothing but the hidden value.
#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /auth/sign_out`
pub(super) async fn submit(
    Extract(state): Extract<State>,
    form: Form<Nothing>,
) -> Result<Response, PageError> {
    let front = Redirect::to("/");
    let Some(signed_in) = &form.browser.signed_in else {
        return Ok(front.into_response());
    };
    let cookie = session::end(&state, signed_in).await?;
    Ok(([(header::SET_COOKIE, cookie)], front).into_response())
}
