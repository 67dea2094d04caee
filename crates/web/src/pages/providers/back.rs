//! Somebody has come back from a provider and is recognised: from here on it is as with every way.

use axum::response::Response;
use http::HeaderMap;
use service::{auth::ProviderSession, sign_in};
use signin::{Identity, Unrecognised};

use super::{away, problem};
use crate::{
    State,
    pages::{PageError, sign_in::arrive},
    session::{Browser, Coming, How, LocalPath},
};

/// Who has come back, and where.
pub(super) struct Back<'a> {
    pub(super) state: &'a State,
    pub(super) browser: &'a Browser,
    pub(super) headers: &'a HeaderMap,
    pub(super) next: LocalPath,
    /// The session there, if it is one that can end those here.
    pub(super) by: Option<ProviderSession>,
}

/// Answers somebody who has come back: lets them in whom the provider has recognised, and else says why not. Somebody
/// else's answer leaves what this browser has begun as it is.
pub(super) async fn answer(
    back: Back<'_>,
    provider: &str,
    recognised: Result<Identity, Unrecognised>,
) -> Result<Response, PageError> {
    let (state, browser) = (back.state, back.browser);
    let response = match recognised {
        Ok(identity) => let_in(back, identity).await?,
        Err(Unrecognised::Foreign) => return Ok(not_begun_here(state, browser, provider)),
        Err(problem) => problem::page(state, browser, provider, &problem),
    };
    Ok(away::is_over(state, response))
}

/// For a browser that has begun nothing, or something else.
pub(super) fn not_begun_here(state: &State, browser: &Browser, provider: &str) -> Response {
    problem::page(state, browser, provider, &Unrecognised::Foreign)
}

async fn let_in(back: Back<'_>, identity: Identity) -> Result<Response, PageError> {
    let entry = sign_in::with_identity(&back.state.app, identity).await?;
    let coming = Coming {
        headers: back.headers,
        next: back.next,
        how: How::Provider,
        by: back.by,
        login: "",
    };
    arrive(back.state, back.browser, entry, coming).await
}
