//! What this server can do, for apps that find their way by themselves (RFC 8414).

use axum::{
    Json,
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use http::header;
use model::Scope;
use serde::Serialize;

use crate::State;

#[derive(Serialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    revocation_endpoint: String,
    userinfo_endpoint: String,
    scopes_supported: Vec<&'static str>,
    response_types_supported: [&'static str; 1],
    response_modes_supported: [&'static str; 1],
    grant_types_supported: [&'static str; 2],
    token_endpoint_auth_methods_supported: [&'static str; 2],
    code_challenge_methods_supported: [&'static str; 1],
    service_documentation: &'static str,
    /// Mastodon's own, since apps do not register as in RFC 7591.
    app_registration_endpoint: String,
}

/// `GET /.well-known/oauth-authorization-server`
pub(super) async fn show(Extract(state): Extract<State>) -> Response {
    let base = state.app.urls.base();
    let at = |path: &str| format!("{base}{path}");
    let metadata = Metadata {
        issuer: at("/"),
        authorization_endpoint: at("/oauth/authorize"),
        token_endpoint: at("/oauth/token"),
        revocation_endpoint: at("/oauth/revoke"),
        userinfo_endpoint: at("/oauth/userinfo"),
        scopes_supported: Scope::all().map(Scope::as_str).collect(),
        response_types_supported: ["code"],
        response_modes_supported: ["query"],
        grant_types_supported: ["authorization_code", "client_credentials"],
        token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
        code_challenge_methods_supported: ["S256"],
        service_documentation: "https://docs.joinmastodon.org/",
        app_registration_endpoint: at("/api/v1/apps"),
    };
    (
        [(header::CACHE_CONTROL, "public, max-age=900")],
        Json(metadata),
    )
        .into_response()
}
