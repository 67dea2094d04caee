//! The demo and test profiles answer this machine only, under their own names, and believe no proxy.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::config::Config;
use crate::config::domain::Authority;
use crate::config::identity::Scheme;
use crate::config::profile::is_local;

/// What the profile asks of every request.
#[derive(Debug, Clone)]
pub struct Guard(Arc<Rules>);

#[derive(Debug)]
struct Rules {
    names: Vec<String>,
    proxy: Proxy,
}

/// Whether a TLS proxy stands in front (`LOCAL_HTTPS`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proxy {
    Expected,
    None,
}

impl Guard {
    /// The guard of a local profile; none in production, where any name may lead here.
    pub fn of(config: &Config) -> Option<Self> {
        is_local(config.profile).then(|| {
            let names = config
                .identity
                .names()
                .map(|name| name.host().to_owned())
                .collect();
            let proxy = if config.identity.scheme == Scheme::Https {
                Proxy::Expected
            } else {
                Proxy::None
            };
            Self(Arc::new(Rules { names, proxy }))
        })
    }
}

/// Answers 400 to a request with forwarding headers and 421 to one for a foreign name; lets all others pass.
pub async fn guard(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    if guard.0.proxy == Proxy::None && is_forwarded(request.headers()) {
        let text = "This server expects no proxy: forwarding headers are refused in its profile.\n";
        return (StatusCode::BAD_REQUEST, text).into_response();
    }
    let host = request
        .uri()
        .authority()
        .map(ToString::to_string)
        .or_else(|| {
            request
                .headers()
                .get(header::HOST)
                .and_then(|host| host.to_str().ok())
                .map(str::to_owned)
        });
    let Some(host) = host.and_then(|host| host.parse::<Authority>().ok()) else {
        return (StatusCode::BAD_REQUEST, "The request names no host.\n").into_response();
    };
    if !host.is_loopback() && !guard.0.names.iter().any(|name| name == host.host()) {
        return (
            StatusCode::MISDIRECTED_REQUEST,
            "This server does not answer to that name.\n",
        )
            .into_response();
    }
    next.run(request).await
}

fn is_forwarded(headers: &HeaderMap) -> bool {
    headers
        .keys()
        .any(|name| *name == header::FORWARDED || starts_like_forwarded(name))
}

fn starts_like_forwarded(name: &HeaderName) -> bool {
    name.as_str().starts_with("x-forwarded-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::layers::Layers;
    use axum::Router;
    use axum::body::Body;
    use axum::routing::get;
    use tower::ServiceExt as _;

    async fn status(settings: &[(&str, &str)], headers: &[(&str, &str)]) -> StatusCode {
        let (config, _) = Config::load(&Layers::of(settings)).unwrap();
        let guard = Guard::of(&config).unwrap();
        let router = Router::new()
            .route("/", get(|| async { "fine" }))
            .layer(axum::middleware::from_fn_with_state(guard, super::guard));
        let mut request = axum::http::Request::builder().uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        router
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap()
            .status()
    }

    #[tokio::test]
    async fn only_their_own_and_loopback_names_are_answered() {
        let settings = [
            ("MOOT_PROFILE", "test"),
            ("LOCAL_DOMAIN", "club.test"),
            ("WEB_DOMAIN", "social.club.test:4000"),
        ];
        for (host, expected) in [
            ("club.test", 200),
            ("social.club.test:4000", 200),
            ("localhost:3000", 200),
            ("127.0.0.1:3000", 200),
            ("[::1]:3000", 200),
            ("moot.localhost", 200),
            ("club.example", 421),
            ("evil.test", 421),
            ("192.0.2.1", 421),
            ("not a host", 400),
        ] {
            assert_eq!(
                status(&settings, &[("host", host)]).await.as_u16(),
                expected,
                "{host}"
            );
        }
        assert_eq!(status(&settings, &[]).await.as_u16(), 400);
    }

    #[tokio::test]
    async fn forwarding_headers_are_refused_unless_a_proxy_is_expected() {
        let plain = [("MOOT_PROFILE", "demo")];
        let proxied = [("MOOT_PROFILE", "demo"), ("LOCAL_HTTPS", "true")];
        for name in ["x-forwarded-for", "x-forwarded-proto", "forwarded"] {
            assert_eq!(
                status(&plain, &[("host", "localhost"), (name, "x")])
                    .await
                    .as_u16(),
                400,
                "{name}"
            );
            assert_eq!(
                status(&proxied, &[("host", "localhost"), (name, "x")])
                    .await
                    .as_u16(),
                200,
                "{name}"
            );
        }
    }

    #[test]
    fn production_has_no_such_guard() {
        let (config, _) = Config::load(&Layers::of(&[("LOCAL_DOMAIN", "club.example")])).unwrap();

        assert!(Guard::of(&config).is_none());
    }
}
