//! Somebody has come back from a provider and is recognised: from here on it is as with every way.

use axum::response::Response;
use http::{HeaderMap, header};
use service::{auth, sign_in};
use signin::Identity;

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
}

/// Lets in whom a provider has recognised.
pub(super) async fn let_in(back: Back<'_>, identity: Identity) -> Result<Response, PageError> {
    let entry = sign_in::with_identity(&back.state.app, identity).await?;
    let coming = Coming {
        headers: back.headers,
        next: back.next,
        how: How::Provider,
        login: "",
    };
    arrive(back.state, back.browser, entry, coming).await
}

/// Notes by which session of the provider a browser was signed in, if it was.
pub(super) async fn note_session(
    state: &State,
    given: &HeaderMap,
    provider_session: Option<&str>,
) -> Result<(), PageError> {
    if let Some(cookie) = session_given(given) {
        auth::note_provider_session(&state.app, cookie, provider_session).await?;
    }
    Ok(())
}

/// The session's cookie, if this answer gives one.
fn session_given(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(header::SET_COOKIE).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .find_map(|line| {
            let pair = line.split(';').next()?;
            let (name, value) = pair.split_once('=')?;
            let is_session = name.trim_start_matches("__Host-") == "moot_session";
            (is_session && !value.is_empty()).then_some(value)
        })
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn the_session_is_found_among_the_cookies_given() {
        let given = |lines: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::SET_COOKIE, HeaderValue::from_static(line));
            }
            session_given(&headers).map(str::to_owned)
        };

        assert_eq!(
            given(&[
                "moot_visitor=; Max-Age=0",
                "__Host-moot_session=abc; Path=/"
            ])
            .as_deref(),
            Some("abc")
        );
        assert_eq!(given(&["moot_session=; Max-Age=0"]), None);
        assert_eq!(given(&["moot_halfway=abc; Path=/"]), None);
    }
}
