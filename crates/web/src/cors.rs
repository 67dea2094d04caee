//! Who may read answers from a page of another site: everybody, and never with cookies.
//!
//! Apps in browsers run on origins of their own and bring a bearer token, so `*` gives nothing away
//! that the token does not; credentials are not allowed, and so a member's session is of no use to
//! a foreign page. Pages and sign-in stay closed.
//!
//! Source: <https://fetch.spec.whatwg.org/#http-cors-protocol>; paths as in Mastodon.

use axum::{extract::Request, middleware::Next, response::Response};
use http::{
    HeaderMap, HeaderValue, Method, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
        ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
        ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
    },
};

const EXPOSED: &str = "Link, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id, \
     Moot-Proposal, Moot-Proposal-State, Moot-Approvals";

/// Answers preflights and marks answers on open paths; lets everything else through as it is.
///
/// Use it around the whole server, outside of routing, so that refusals and unknown paths are marked too.
pub async fn allow(request: Request, next: Next) -> Response {
    let Some(methods) = methods_open_at(request.uri().path()) else {
        return next.run(request).await;
    };
    let from_elsewhere = request.headers().contains_key(ORIGIN);
    if from_elsewhere && is_preflight(&request) {
        return preflight(request.headers(), methods);
    }
    let mut response = next.run(request).await;
    if from_elsewhere {
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(
            ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static(EXPOSED),
        );
    }
    response
}

fn methods_open_at(path: &str) -> Option<&'static str> {
    match path {
        _ if path.starts_with("/api/") => Some("GET, POST, PUT, PATCH, DELETE, OPTIONS"),
        "/oauth/token" | "/oauth/revoke" => Some("POST"),
        "/oauth/userinfo" => Some("GET, POST"),
        "/moderation/log.atom"
        | "/moderation/feed.json"
        | "/moderation/statistics.json"
        | "/moderation/statistics.csv" => Some("GET"),
        _ if path.starts_with("/.well-known/") || path.starts_with("/nodeinfo/") => Some("GET"),
        _ => None,
    }
}

fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

fn preflight(asked: &HeaderMap, methods: &'static str) -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static(methods),
    );
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("7200"));
    // `*` would leave out Authorization, so what was asked for is repeated.
    if let Some(wanted) = asked.get(ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, middleware::from_fn, routing::get};
    use tower::ServiceExt;

    use super::*;

    async fn ask(method: Method, path: &str, headers: &[(&str, &str)]) -> Response {
        let router = Router::new()
            .route("/api/v1/instance", get(|| async { "hi" }))
            .route("/auth/sign_in", get(|| async { "hi" }))
            .layer(from_fn(allow));
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        router
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_foreign_page_may_read_the_api_but_without_credentials() {
        let response = ask(
            Method::GET,
            "/api/v1/instance",
            &[("origin", "https://app.example")],
        )
        .await;

        assert_eq!(response.headers()["access-control-allow-origin"], "*");
        assert!(
            !response
                .headers()
                .contains_key("access-control-allow-credentials")
        );
    }

    #[tokio::test]
    async fn a_preflight_may_ask_for_the_authorization_header() {
        let response = ask(
            Method::OPTIONS,
            "/api/v1/statuses",
            &[
                ("origin", "https://app.example"),
                ("access-control-request-method", "POST"),
                (
                    "access-control-request-headers",
                    "authorization,idempotency-key",
                ),
            ],
        )
        .await;

        assert_eq!(response.status(), StatusCode::NO_CONTENT);
        assert_eq!(
            response.headers()["access-control-allow-headers"],
            "authorization,idempotency-key"
        );
    }

    #[tokio::test]
    async fn refusals_can_be_read_too() {
        let response = ask(
            Method::GET,
            "/api/v1/nothing",
            &[("origin", "https://app.example")],
        )
        .await;

        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
    }

    #[tokio::test]
    async fn pages_stay_closed() {
        let response = ask(
            Method::GET,
            "/auth/sign_in",
            &[("origin", "https://app.example")],
        )
        .await;

        assert!(
            !response
                .headers()
                .contains_key("access-control-allow-origin")
        );
    }
}
