//! Signing out at the provider, and being told by it that somebody has.

use askama::Template;
use axum::{
    Form as Plain,
    extract::{State as Extract, rejection::FormRejection},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Deserialize;
use serde_json::json;
use service::auth::{self, EndedThere};
use signin::Unrecognised;

use crate::{
    State,
    pages::{Frame, PageError, Shown},
    session::{Browser, SignedIn},
};

/// Where the provider tells of it (OpenID Connect Back-Channel Logout 1.0, 2.5).
pub(super) const BACK_CHANNEL: &str = "/auth/auth/openid_connect/backchannel_logout";
/// From where people are led to the provider; Mastodon's address for it.
pub(super) const LEAD: &str = "/auth/auth/openid_connect/logout";

#[derive(Template)]
#[template(path = "signed_out.html")]
struct SignedOutPage<'a> {
    frame: Frame,
    provider: &'a str,
    address: &'a str,
}

/// What the provider sends.
#[derive(Deserialize)]
pub(super) struct Told {
    logout_token: String,
}

/// `POST /auth/auth/openid_connect/backchannel_logout`: the provider itself speaks, so there is neither cookie nor
/// form token; its signature counts.
pub(super) async fn hear(
    Extract(state): Extract<State>,
    told: Result<Plain<Told>, FormRejection>,
) -> Result<Response, PageError> {
    let oidc = state.app.ways.oidc.as_ref().ok_or(PageError::NotFound)?;
    let Ok(Plain(told)) = told else {
        return Ok(refused("there is no logout_token"));
    };
    let heard = oidc.logged_out(&told.logout_token, state.app.clock.now());
    match heard.await {
        Ok(logged_out) => {
            let ended = EndedThere {
                source: oidc.issuer(),
                subject: logged_out.subject.as_deref(),
                session: logged_out.session.as_deref(),
            };
            let sessions = auth::end_provider_sessions(&state.app, ended).await?;
            tracing::info!(sessions, "A provider has signed somebody out");
            Ok(([(header::CACHE_CONTROL, "no-store")], StatusCode::OK).into_response())
        }
        Err(problem) => {
            tracing::warn!(error = %problem, "A provider's word that somebody has signed out is not taken");
            Ok(match problem {
                Unrecognised::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
                _ => refused("the logout_token is not believed"),
            })
        }
    }
}

/// Where somebody who has just signed out here is led to sign out at the provider too: nowhere, unless it has signed
/// this browser in and the operator wants it (`OIDC_IDP_LOGOUT_REDIRECT_URI`).
pub(in crate::pages) async fn address(
    state: &State,
    signed_in: &SignedIn,
) -> Result<Option<&'static str>, PageError> {
    let Some(oidc) = &state.app.ways.oidc else {
        return Ok(None);
    };
    let leads = oidc.ends_sessions_there()
        && auth::is_by_provider(&state.app, signed_in.session.id).await?;
    Ok(leads.then_some(LEAD))
}

/// `GET /auth/auth/openid_connect/logout`
///
/// Not by a redirect: it follows our sign-out form, and browsers hold that chain against the form's policy.
pub(super) async fn lead(Extract(state): Extract<State>, browser: Browser) -> Response {
    let front = || Redirect::to("/").into_response();
    let Some(oidc) = &state.app.ways.oidc else {
        return front();
    };
    let Some(address) = oidc.sign_out_address(state.app.clock.now()).await else {
        return front();
    };
    let page = SignedOutPage {
        frame: Frame::new(&state, &browser),
        provider: oidc.display_name(),
        address: address.as_str(),
    };
    let page = Shown::new(&state, &browser, &page).private();
    match HeaderValue::try_from(format!("0; url={address}")) {
        Ok(refresh) => page.header(HeaderName::from_static("refresh"), refresh),
        Err(_) => page,
    }
    .into_response()
}

fn refused(why: &str) -> Response {
    let said = json!({ "error": "invalid_request", "error_description": why });
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_TYPE, "application/json"),
    ];
    (StatusCode::BAD_REQUEST, headers, said.to_string()).into_response()
}
