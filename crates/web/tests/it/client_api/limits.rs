//! How often whom may ask.

use axum::body::Body;
use http::{Request, StatusCode};
use model::instance::Profile;
use web::ClientAddress;

use crate::away::{ask, get, router};

fn from(address: &str, path: &str) -> Request<Body> {
    let mut request = get(path);
    request
        .extensions_mut()
        .insert(ClientAddress(address.parse().unwrap()));
    request
}

#[tokio::test]
async fn strangers_are_counted_by_address_and_told_what_is_left() {
    let router = router(Profile::Production);
    let path = "/api/v1/custom_emojis";

    let (_, first, _) = ask(router.clone(), from("192.0.2.1", path)).await;
    for _ in 0..299 {
        ask(router.clone(), from("192.0.2.1", path)).await;
    }
    let (refused, headers, body) = ask(router.clone(), from("192.0.2.1", path)).await;
    let (neighbour, _, _) = ask(router, from("192.0.2.2", path)).await;

    assert_eq!(first["x-ratelimit-limit"], "300");
    assert_eq!(first["x-ratelimit-remaining"], "299");
    assert_eq!(refused, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(headers["x-ratelimit-remaining"], "0");
    assert_eq!(headers["x-ratelimit-reset"], "2026-11-22T20:05:00.000000Z");
    assert_eq!(body["error"], "Too many requests");
    assert_eq!(neighbour, StatusCode::OK);
}

#[tokio::test]
async fn test_suites_are_not_counted() {
    let (_, headers, _) = ask(router(Profile::Test), get("/api/v1/custom_emojis")).await;

    assert!(!headers.contains_key("x-ratelimit-limit"));
}
