//! Signing browsers out, from another one.

use axum::{
    extract::State as Extract,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use service::auth;

use super::{Done, HOME, app::Nothing, gate};
use crate::{State, pages::PageError, session::Form};

/// Which one.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Which {
    session: String,
}

/// `POST /settings/security/sessions/end`
pub(in crate::pages) async fn end(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Which>,
) -> Result<Response, PageError> {
    let signed_in = gate::fully(&browser, HOME)?;
    let id = fields.session.parse().map_err(|_| PageError::NotFound)?;
    auth::end_session_of(&state.app, signed_in.member.account.id, id).await?;
    Ok(Redirect::to(&Done::Session.path()).into_response())
}

/// `POST /settings/security/sessions/end_others`
pub(in crate::pages) async fn end_others(
    Extract(state): Extract<State>,
    Form { browser, .. }: Form<Nothing>,
) -> Result<Response, PageError> {
    let signed_in = gate::fully(&browser, HOME)?;
    auth::end_other_sessions(&state.app, &signed_in.session).await?;
    Ok(Redirect::to(&Done::OtherSessions.path()).into_response())
}
