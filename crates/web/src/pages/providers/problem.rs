//! Why somebody who came back from a provider is not signed in, in words for them.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use signin::Unrecognised;

use crate::{
    State,
    pages::{Shown, note::note},
    session::Browser,
};

/// When a provider was away, so many seconds later it may be back.
const AWAY: u16 = 30;

/// The page. `provider` is what stands on its button.
pub(super) fn page(
    state: &State,
    browser: &Browser,
    provider: &str,
    problem: &Unrecognised,
) -> Response {
    match problem {
        Unrecognised::Untrue(_) | Unrecognised::Unavailable(_) => {
            tracing::warn!(signin.provider = provider, error = %problem, "Nobody could sign in through a provider");
        }
        _ => {
            tracing::info!(signin.provider = provider, error = %problem, "Somebody was not signed in by a provider");
        }
    }
    let (status, heading, text) = words(provider, problem);
    let link = ("Back to signing in", "/auth/sign_in");
    let page: Shown = note(state, browser, heading, &text, link).status(status);
    let page = match problem {
        Unrecognised::Unavailable(_) => page.header(header::RETRY_AFTER, HeaderValue::from(AWAY)),
        _ => page,
    };
    page.into_response()
}

fn words(provider: &str, problem: &Unrecognised) -> (StatusCode, &'static str, String) {
    match problem {
        Unrecognised::Denied(_) => (
            StatusCode::FORBIDDEN,
            "You are not signed in",
            format!(
                "You turned back, or {provider} did not let you in here. If you think that you should be let in, ask whoever looks after {provider}."
            ),
        ),
        Unrecognised::Foreign => (
            StatusCode::FORBIDDEN,
            "This sign-in was not begun here",
            "It was begun in another browser or another tab, or too long ago, or this browser keeps no cookies. Begin again here."
                .to_owned(),
        ),
        Unrecognised::Spent => (
            StatusCode::FORBIDDEN,
            "This sign-in has run out",
            "Each works once, and for a short time only. Begin again.".to_owned(),
        ),
        Unrecognised::Untrue(_) => (
            StatusCode::FORBIDDEN,
            "This sign-in cannot be believed",
            format!(
                "What {provider} said of you does not fit what was asked. The reason has been written down. Begin again, and tell whoever runs this server if it happens once more."
            ),
        ),
        Unrecognised::Unavailable(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "Signing in is not possible at present",
            format!(
                "{provider} does not answer, or not as it should. The reason has been written down. Try again in a minute."
            ),
        ),
    }
}
