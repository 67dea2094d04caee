//! Signing in at a provider's page: leading there, and coming back.
//!
//! A form with our token begins it, and what ties the answer to this browser stays in this browser, sealed (S44). The
//! second factor is the provider's business, as in Mastodon: whoever comes back has shown there whatever the
//! organisation asks for.

mod away;
mod back;
mod cas;
mod openid;
mod problem;
mod sign_out;

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use http::HeaderMap;
use serde::Deserialize;

use super::PageError;
use crate::{
    State,
    session::{Browser, LocalPath},
};

pub(super) use sign_out::address as sign_out_address;

/// A button that leads to a provider. It sends a form with our token and, if there is a page to go on to, its path in
/// `redirect_to`.
pub(super) struct Button {
    /// What stands on it.
    pub(super) label: String,
    /// Where the form goes.
    pub(super) action: &'static str,
}

/// What the form brings.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Wish {
    redirect_to: String,
}

impl Wish {
    fn next(&self) -> LocalPath {
        LocalPath::parse(&self.redirect_to).unwrap_or_else(LocalPath::front)
    }
}

/// The addresses of this folder; they are Mastodon's, so that what is registered at providers stays as it is.
pub(super) fn router() -> Router<State> {
    Router::new()
        .route(openid::START, post(openid::start))
        .route(signin::oidc::CALLBACK, get(openid::come_back))
        .route(sign_out::BACK_CHANNEL, post(sign_out::hear))
        .route(sign_out::LEAD, get(sign_out::lead))
        .route(cas::START, post(cas::start))
        .route(signin::cas::CALLBACK, get(cas::come_back))
}

/// A button for each provider.
pub(super) fn buttons(state: &State) -> Vec<Button> {
    let ways = &state.app.ways;
    let openid = ways.oidc.as_ref().map(|oidc| Button {
        label: oidc.display_name().to_owned(),
        action: openid::START,
    });
    let cas = ways.cas.as_ref().map(|cas| Button {
        label: cas.display_name().to_owned(),
        action: cas::START,
    });
    openid.into_iter().chain(cas).collect()
}

/// Leads straight to the one provider, where the operator wants that (`ONE_CLICK_SSO_LOGIN` with `OMNIAUTH_ONLY`).
///
/// Not for somebody who is signed in already, and not when another site has led here: what no foreign page may begin by
/// a form it may not begin by a link either (S44). Such people see the button.
pub(super) async fn straight_on(
    state: &State,
    browser: &Browser,
    headers: &HeaderMap,
    next: &LocalPath,
) -> Option<Result<Response, PageError>> {
    let settings = &state.app.settings.sign_in;
    let is_led = headers
        .get("sec-fetch-site")
        .is_some_and(|site| site == "cross-site");
    if !settings.only_providers || !settings.one_click || is_led || browser.signed_in.is_some() {
        return None;
    }
    let ways = &state.app.ways;
    match (&ways.oidc, &ways.cas, &ways.proxy) {
        (Some(oidc), None, None) => Some(openid::lead(state, browser, oidc, next).await),
        (None, Some(provider), None) => Some(Ok(cas::lead(state, provider, next))),
        _ => None,
    }
}
