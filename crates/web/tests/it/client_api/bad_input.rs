//! What cannot be read, found or let in is refused in Mastodon's shape.

use http::{Request, StatusCode};
use model::instance::Profile;
use serde_json::json;

use crate::away::{ask, get, post, router};

#[tokio::test]
async fn nobody_is_told_that_the_token_is_invalid() {
    for path in [
        "/api/v1/timelines/home",
        "/api/v1/notifications",
        "/api/v1/apps/verify_credentials",
    ] {
        let (status, headers, body) = ask(router(Profile::Test), get(path)).await;

        assert_eq!(status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(
            body,
            json!({"error": "The access token is invalid"}),
            "{path}"
        );
        assert!(
            headers["www-authenticate"]
                .to_str()
                .unwrap()
                .starts_with("Bearer"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_cookie_or_a_token_in_the_address_is_no_token() {
    let with_cookie = Request::get("/api/v1/timelines/home?access_token=abc")
        .header("cookie", "session=abc")
        .body(axum::body::Body::empty())
        .unwrap();

    let (status, _, _) = ask(router(Profile::Test), with_cookie).await;

    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_is_no_id_is_not_found() {
    for path in [
        "/api/v1/statuses/abc",
        "/api/v1/accounts/1e9",
        "/api/v1/statuses/99999999999999999999",
    ] {
        let (status, _, body) = ask(router(Profile::Test), get(path)).await;

        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(body, json!({"error": "Record not found"}), "{path}");
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_are_not_found_in_json() {
    let unknown_method = Request::put("/api/v1/instance")
        .body(axum::body::Body::empty())
        .unwrap();
    for request in [
        get("/api/v1/nothing"),
        get("/api/v1/accounts/1/nothing"),
        unknown_method,
    ] {
        let name = format!("{} {}", request.method(), request.uri());

        let (status, _, body) = ask(router(Profile::Test), request).await;

        assert_eq!(status, StatusCode::NOT_FOUND, "{name}");
        assert_eq!(body, json!({"error": "Not Found"}), "{name}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_a_bad_request() {
    let bodies = [
        ("application/json", r#"{"client_name": "#),
        ("application/json", r#"{"client_name": "a\u0000b"}"#),
        ("application/x-www-form-urlencoded", "client_name=a%00b"),
    ];
    for (content_type, body) in bodies {
        let (status, _, answer) = ask(
            router(Profile::Test),
            post("/api/v1/apps", content_type, body),
        )
        .await;

        assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
        assert!(answer["error"].is_string(), "{body}");
    }
}

#[tokio::test]
async fn what_does_not_make_sense_is_told_in_a_sentence() {
    let form = "client_name=t&redirect_uris=urn:ietf:wg:oauth:2.0:oob&scopes=everything";

    let request = post("/api/v1/apps", "application/x-www-form-urlencoded", form);
    let (status, _, answer) = ask(router(Profile::Test), request).await;

    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer["error"]
            .as_str()
            .unwrap()
            .starts_with("Validation failed: "),
        "{answer}"
    );
}

#[tokio::test]
async fn a_body_over_the_limit_is_too_large() {
    let body = format!(r#"{{"client_name": "{}"}}"#, "x".repeat(1024 * 1024));

    let (status, _, answer) = ask(
        router(Profile::Test),
        post("/api/v1/apps", "application/json", body),
    )
    .await;

    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer["error"].is_string());
}

#[tokio::test]
async fn a_database_that_is_away_is_a_temporary_problem() {
    let with_token = Request::get("/api/v1/timelines/home")
        .header("authorization", "Bearer abc")
        .body(axum::body::Body::empty())
        .unwrap();

    for request in [get("/api/v1/timelines/public"), with_token] {
        let (status, _, answer) = ask(router(Profile::Test), request).await;

        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(
            answer["error"],
            "There was a temporary problem serving your request, please try again"
        );
    }
}

#[tokio::test]
async fn what_needs_no_database_is_answered_all_the_same() {
    let (status, headers, emojis) = ask(router(Profile::Test), get("/api/v1/custom_emojis")).await;

    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["content-type"], "application/json; charset=utf-8");
    assert_eq!(emojis, serde_json::json!([]));
}

#[tokio::test]
async fn who_has_no_picture_has_the_servers() {
    for path in [
        "/avatars/original/missing.png",
        "/headers/original/missing.png",
    ] {
        let (status, headers, _) = ask(router(Profile::Test), get(path)).await;

        assert_eq!(status, StatusCode::OK, "{path}");
        assert_eq!(headers["content-type"], "image/png", "{path}");
    }
}
