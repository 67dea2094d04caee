//! Taking back what an app was allowed.

use axum::{
    extract::State as Extract,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use service::auth;

use super::{Done, HOME, gate};
use crate::{State, pages::PageError, session::Form};

/// Which one; nothing stands for tokens from the command line.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Which {
    app: String,
}

/// `POST /settings/security/apps/revoke`
pub(in crate::pages) async fn revoke(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Which>,
) -> Result<Response, PageError> {
    let signed_in = gate::fully(&browser, HOME)?;
    let id = match fields.app.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| PageError::NotFound)?),
    };
    auth::revoke_app(&state.app, signed_in.member.account.id, id).await?;
    Ok(Redirect::to(&Done::AuthorisedApp.path()).into_response())
}
