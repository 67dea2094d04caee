//! Through a CAS server.

use axum::{
    extract::{Query, State as Extract, rejection::QueryRejection},
    response::Response,
};
use http::HeaderMap;
use serde::Deserialize;
use signin::cas::Cas;

use super::{
    Wish,
    away::{self, Returned, Way},
    back::{self, Back},
};
use crate::{
    State,
    pages::PageError,
    session::{Browser, Form, LocalPath},
};

/// Where the button leads.
pub(super) const START: &str = "/auth/auth/cas";

/// Longer paths are not told to the server.
const LONGEST_TOLD: usize = 500;

/// What comes back in the address. Its `url` is the server's word for where to go on to, and not believed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Told {
    ticket: Option<String>,
    state: Option<String>,
}

/// `POST /auth/auth/cas`
pub(super) async fn start(
    Extract(state): Extract<State>,
    form: Form<Wish>,
) -> Result<Response, PageError> {
    let cas = state.app.ways.cas.as_ref().ok_or(PageError::NotFound)?;
    Ok(lead(&state, cas, &form.fields.next()))
}

/// Leads to the server's page.
pub(super) fn lead(state: &State, cas: &Cas, next: &LocalPath) -> Response {
    let told = match next.as_str() {
        path if path.len() <= LONGEST_TOLD => path,
        _ => "/",
    };
    let start = cas.start(&format!("{}{told}", state.app.urls.base()));
    away::leave(state, Way::Cas(start.pending), next, &start.address)
}

/// `GET /auth/auth/cas/callback`
pub(super) async fn come_back(
    Extract(state): Extract<State>,
    headers: HeaderMap,
    browser: Browser,
    told: Result<Query<Told>, QueryRejection>,
) -> Result<Response, PageError> {
    let cas = state.app.ways.cas.as_ref().ok_or(PageError::NotFound)?;
    let Ok(Query(told)) = told else {
        return Err(PageError::Malformed);
    };
    let Some(Returned {
        way: Way::Cas(pending),
        next,
    }) = away::returned(&state, &headers)
    else {
        return Ok(back::not_begun_here(&state, &browser, cas.display_name()));
    };
    let recognised = cas
        .finish(&pending, told.state.as_deref(), told.ticket.as_deref())
        .await;
    let back = Back {
        state: &state,
        browser: &browser,
        headers: &headers,
        next,
        by: None,
    };
    back::answer(back, cas.display_name(), recognised).await
}
