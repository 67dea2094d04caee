//! Signing out.

use axum::{
    extract::State as Extract,
    response::{IntoResponse, Redirect, Response},
};
use http::header;
use serde::Deserialize;

use super::{PageError, providers};
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
    let Some(signed_in) = form.browser.sitting() else {
        return Ok(front.into_response());
    };
    let there = providers::sign_out_address(&state, signed_in).await?;
    let cookie = session::end(&state, signed_in).await?;
    let next = there.map_or(front, Redirect::to);
    Ok(([(header::SET_COOKIE, cookie)], next).into_response())
}
