//! OAuth 2 as Mastodon's clients use it (RFC 6749, 7636, 7009, 8414).
//!
//! A member lets an app act for them: [`authorize`] asks, [`token`] gives what was agreed to,
//! [`revoke`] takes it back. Everything that decides is in `service::auth`; here is the protocol.

mod authorize;
mod client;
mod consent;
mod error;
mod metadata;
mod redirect;
mod request;
mod revoke;
mod scopes;
mod token;
pub(crate) mod userinfo;

pub(crate) use scopes::{in_words, words as words_for};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::State;

/// The largest body, in bytes: nothing that is asked here is long.
const MAX_BODY: usize = 64 * 1024;

/// What apps ask, and the page on which their people answer.
pub(crate) fn router(state: State) -> Router {
    let answered = [
        (
            "/oauth/authorize",
            get(authorize::ask)
                .post(authorize::decide)
                .delete(authorize::deny),
        ),
        ("/oauth/authorize/native", get(authorize::show_code)),
        ("/oauth/token", post(token::create)),
        ("/oauth/revoke", post(revoke::revoke)),
        (
            "/.well-known/oauth-authorization-server",
            get(metadata::show),
        ),
    ];
    let mut router = Router::new();
    for (path, answers) in answered {
        // Rails does not mind a slash at the end, and `toot` writes one.
        router = router
            .route(path, answers.clone())
            .route(&format!("{path}/"), answers);
    }
    router
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(state)
}
