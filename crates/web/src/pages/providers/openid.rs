//! Through an `OpenID` Connect provider.

use axum::{
    extract::{Query, State as Extract, rejection::QueryRejection},
    response::Response,
};
use http::HeaderMap;
use serde::Deserialize;
use service::auth::ProviderSession;
use signin::oidc::{Answer, Oidc};

use super::{
    Wish,
    away::{self, Returned, Way},
    back::{self, Back},
    problem,
};
use crate::{
    State,
    pages::PageError,
    session::{Browser, Form, LocalPath},
};

/// Where the button leads.
pub(super) const START: &str = "/auth/auth/openid_connect";

/// What comes back in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Told {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
    iss: Option<String>,
}

/// `POST /auth/auth/openid_connect`
pub(super) async fn start(
    Extract(state): Extract<State>,
    Form { browser, fields }: Form<Wish>,
) -> Result<Response, PageError> {
    let oidc = state.app.ways.oidc.as_ref().ok_or(PageError::NotFound)?;
    lead(&state, &browser, oidc, &fields.next()).await
}

/// Leads to the provider's page.
pub(super) async fn lead(
    state: &State,
    browser: &Browser,
    oidc: &Oidc,
    next: &LocalPath,
) -> Result<Response, PageError> {
    Ok(match oidc.start(state.app.clock.now()).await {
        Ok(start) => {
            let way = Way::OpenId(start.pending);
            away::leave(state, way, next, start.address.as_str())
        }
        Err(problem) => problem::page(state, browser, oidc.display_name(), &problem),
    })
}

/// `GET /auth/auth/openid_connect/callback`
pub(super) async fn come_back(
    Extract(state): Extract<State>,
    headers: HeaderMap,
    browser: Browser,
    told: Result<Query<Told>, QueryRejection>,
) -> Result<Response, PageError> {
    let oidc = state.app.ways.oidc.as_ref().ok_or(PageError::NotFound)?;
    let Ok(Query(told)) = told else {
        return Err(PageError::Malformed);
    };
    let Some(Returned {
        way: Way::OpenId(pending),
        next,
    }) = away::returned(&state, &headers)
    else {
        return Ok(back::not_begun_here(&state, &browser, oidc.display_name()));
    };
    let answer = Answer {
        code: told.code.as_deref(),
        state: told.state.as_deref(),
        error: told.error.as_deref(),
        error_description: told.error_description.as_deref(),
        iss: told.iss.as_deref(),
    };
    let finished = oidc.finish(&pending, &answer, state.app.clock.now()).await;
    let (recognised, by) = match finished {
        Ok(who) => {
            let session = ProviderSession(who.session.unwrap_or_default());
            (Ok(who.identity), Some(session))
        }
        Err(problem) => (Err(problem), None),
    };
    let back = Back {
        state: &state,
        browser: &browser,
        headers: &headers,
        next,
        by,
    };
    back::answer(back, oidc.display_name(), recognised).await
}
