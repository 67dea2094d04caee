//! An app asks for a token.

use axum::{
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, header};
use mastodon::forms::TokenRequest;
use model::{Scopes, oauth::Token};
use service::auth::{self, Redemption, Shown};

use super::{client::Claim, error::OauthError};
use crate::{State, error::ApiError, extract::Params, render::applications};

/// What an app gets that asked for nothing in particular.
pub(super) const USUAL_SCOPE: &str = "read";

/// `POST /oauth/token`
pub(super) async fn create(
    Extract(state): Extract<State>,
    headers: HeaderMap,
    form: Result<Params<TokenRequest>, ApiError>,
) -> Result<Response, OauthError> {
    let Params(form) =
        form.map_err(|_| OauthError::InvalidRequest("The request could not be read."))?;
    let claim = Claim::read(&headers, form.client_id.clone(), form.client_secret.clone());
    let (token, secret) = match form.grant_type.as_deref() {
        Some("authorization_code") => redeem(&state, &claim, form).await?,
        Some("client_credentials") => for_the_app_itself(&state, &claim, form).await?,
        Some(_) => return Err(OauthError::UnsupportedGrantType),
        None => {
            return Err(OauthError::InvalidRequest(
                "The parameter grant_type is missing.",
            ));
        }
    };
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::PRAGMA, "no-cache"),
    ];
    let answer = applications::token(&token, secret.reveal());
    Ok((headers, axum::Json(answer)).into_response())
}

/// For a code that a member's consent gave. What the app says of scopes here counts for nothing: the
/// member has agreed to some.
async fn redeem(
    state: &State,
    claim: &Claim,
    form: TokenRequest,
) -> Result<(Token, Shown), OauthError> {
    let application = claim.check(&state.app).await?;
    let filled = |text: &String| !text.is_empty();
    let code = form.code.filter(filled);
    let code = code.ok_or(OauthError::InvalidRequest("The parameter code is missing."))?;
    let redirect_uri = form.redirect_uri.filter(filled);
    let redirect_uri = redirect_uri.ok_or(OauthError::InvalidRequest(
        "The parameter redirect_uri is missing.",
    ))?;
    let redemption = Redemption {
        application_id: application.id,
        code: &code,
        redirect_uri: &redirect_uri,
        pkce_verifier: form
            .code_verifier
            .as_deref()
            .filter(|verifier| !verifier.is_empty()),
    };
    auth::redeem_code(&state.app, redemption)
        .await?
        .ok_or(OauthError::InvalidGrant)
}

/// For the app on its own behalf.
async fn for_the_app_itself(
    state: &State,
    claim: &Claim,
    form: TokenRequest,
) -> Result<(Token, Shown), OauthError> {
    let application = claim.check(&state.app).await?;
    let asked = form.scope.filter(|scope| !scope.trim().is_empty());
    let asked: Scopes = asked
        .as_deref()
        .unwrap_or(USUAL_SCOPE)
        .parse()
        .map_err(|_| OauthError::InvalidScope)?;
    if !application.scopes.contain(&asked) {
        return Err(OauthError::InvalidScope);
    }
    Ok(auth::grant_application_token(&state.app, application.id, asked).await?)
}
