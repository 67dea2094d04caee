//! Somebody who has left the organisation and sits before their page. Their cookie opens that page and nothing else.

use axum::extract::FromRequestParts;
use http::{HeaderValue, request::Parts};
use model::member::Member;
use service::{auth::Shown, members};

use super::cookies::{Cookie, Jar};
use crate::{State, pages::PageError};

/// Who has left, if that is who sits there.
pub(crate) struct Leaver(pub(crate) Option<LeaverSession>);

/// A leaver's browser.
pub(crate) struct LeaverSession {
    /// Who has left.
    pub(crate) member: Member,
    cookie: String,
}

impl LeaverSession {
    /// Closes the page in this browser; the cookie that takes the old one back.
    pub(crate) async fn close(&self, state: &State) -> service::Result<HeaderValue> {
        members::close_exit(&state.app, &self.cookie).await?;
        Ok(Jar::of(&state.app.settings).take_back(Cookie::Leaver))
    }
}

/// The cookie that opens the page.
pub(crate) fn leaver_cookie(state: &State, value: &Shown) -> HeaderValue {
    Jar::of(&state.app.settings).give(Cookie::Leaver, value.reveal())
}

impl FromRequestParts<State> for Leaver {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, PageError> {
        let jar = Jar::of(&state.app.settings);
        let Some(cookie) = jar.read(&parts.headers, Cookie::Leaver) else {
            return Ok(Self(None));
        };
        let member = members::find_leaver(&state.app, cookie).await?;
        Ok(Self(member.map(|member| LeaverSession {
            member,
            cookie: cookie.to_owned(),
        })))
    }
}
