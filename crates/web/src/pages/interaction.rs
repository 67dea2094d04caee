//! Another server's "follow" or "reply" button sends its visitor here, to act with their own account.

use askama::Template;
use axum::{
    extract::{Query, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use model::AccountId;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use service::search::{self, SearchQuery};

use super::{Frame, PageError, Shown};
use crate::{State, session::Browser};

/// The longest address looked up.
const LONGEST: usize = 2000;

/// What to act on. Mastodon's older servers say `acct`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct About {
    uri: String,
    acct: String,
}

#[derive(Template)]
#[template(path = "interaction.html")]
struct InteractionPage {
    frame: Frame,
    what: String,
    sign_in: String,
}

/// `GET /authorize_interaction`
pub(super) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(about): Query<About>,
) -> Result<Response, PageError> {
    let what = if about.uri.is_empty() {
        about.acct
    } else {
        about.uri
    };
    if what.is_empty() || what.len() > LONGEST || what.chars().any(char::is_control) {
        return Err(PageError::NotFound);
    }
    if let Some(signed_in) = &browser.signed_in {
        let path = find(&state, signed_in.member.account.id, what).await?;
        return Ok(Redirect::to(&path).into_response());
    }
    let back = format!(
        "/authorize_interaction?uri={}",
        utf8_percent_encode(&what, NON_ALPHANUMERIC)
    );
    let page = InteractionPage {
        frame: Frame::new(&state, &browser),
        sign_in: format!(
            "/auth/sign_in?redirect_to={}",
            utf8_percent_encode(&back, NON_ALPHANUMERIC)
        ),
        what,
    };
    Ok(Shown::new(&state, &browser, &page).into_response())
}

/// The page of ours for what was found.
async fn find(state: &State, member: AccountId, what: String) -> Result<String, PageError> {
    let query = SearchQuery {
        q: what,
        kind: None,
        resolve: true,
        following: false,
        limit: 1,
        offset: 0,
    };
    let found = search::search(&state.app, member.into(), &query).await?;
    if let Some(status) = found.statuses.first() {
        return Ok(format!("/@{}/{}", status.author.handle(), status.status.id));
    }
    let account = found.accounts.first().ok_or(PageError::NotFound)?;
    Ok(format!("/@{}", account.handle()))
}
