//! An app gives a token back (RFC 7009).

use axum::{
    Json,
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, header};
use mastodon::forms::RevokeToken;
use serde_json::json;
use service::auth;

use super::{client::Claim, error::OauthError};
use crate::{State, error::ApiError, extract::Params};

/// `POST /oauth/revoke`
///
/// An unknown token is as good as a revoked one; a wrong app, or a token that is another app's, is
/// refused as Mastodon does.
pub(super) async fn revoke(
    Extract(state): Extract<State>,
    headers: HeaderMap,
    form: Result<Params<RevokeToken>, ApiError>,
) -> Result<Response, OauthError> {
    let Params(form) =
        form.map_err(|_| OauthError::InvalidRequest("The request could not be read."))?;
    let claim = Claim::read(&headers, form.client_id, form.client_secret);
    let application = claim.check(&state.app).await.map_err(|error| match error {
        OauthError::InvalidClient(_) => OauthError::UnauthorizedClient,
        other => other,
    })?;
    let token = form.token.unwrap_or_default();
    let holder = match auth::authenticate(&state.app, &token).await {
        Ok(holder) => holder,
        // Its member may not use the server at present; the token can be given back all the same.
        Err(service::Error::Forbidden(_)) => None,
        Err(error) => return Err(error.into()),
    };
    if holder.is_some_and(|holder| holder.application_id != Some(application.id)) {
        return Err(OauthError::UnauthorizedClient);
    }
    auth::revoke_token(&state.app, application.id, &token).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(json!({}))).into_response())
}
