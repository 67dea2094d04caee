//! How documents are answered: media type, caching, and what is not there.

use axum::body::Bytes;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderValue, StatusCode, header};

use crate::inbound::Rejection;

/// A document for everybody, which others may keep for three minutes.
pub(super) fn public(document: impl Into<Bytes>) -> Response {
    with(document.into(), "public, max-age=180", "Accept")
}

/// A document for whoever signed the request.
pub(super) fn private(document: impl Into<Bytes>) -> Response {
    with(document.into(), "private, no-store", "Accept, Signature")
}

/// A document for everybody that depends on who asks, though this one may be kept by none.
fn with(document: Bytes, caching: &'static str, vary: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, activitypub::CONTENT_TYPE),
        (header::CACHE_CONTROL, caching),
        (header::VARY, vary),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, document).into_response()
}

/// Something for everybody in another media type.
pub(super) fn cached(body: Vec<u8>, content_type: &str, seconds: u32) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    if let Ok(content_type) = HeaderValue::from_str(content_type) {
        headers.insert(header::CONTENT_TYPE, content_type);
    }
    if let Ok(caching) = HeaderValue::from_str(&format!("public, max-age={seconds}")) {
        headers.insert(header::CACHE_CONTROL, caching);
    }
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    response
}

/// The page a browser wants instead.
pub(super) fn page(url: &str) -> Response {
    let mut response = Redirect::to(url).into_response();
    // 302, as Mastodon does: the document may come back under this address.
    *response.status_mut() = StatusCode::FOUND;
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("Accept"));
    response
}

/// There is no such thing, or it is not for who asks.
pub(super) fn not_found() -> Rejection {
    Rejection::new(StatusCode::NOT_FOUND, "not_found")
}

/// An account that may not be read for now.
pub(super) fn suspended() -> Rejection {
    Rejection::new(StatusCode::FORBIDDEN, "suspended")
}

/// An account that its owner has deleted.
pub(super) fn gone() -> Rejection {
    Rejection::new(StatusCode::GONE, "gone")
}
