//! The pictures of those who have chosen none, under Mastodon's own paths.

use axum::{Router, response::IntoResponse, routing::get};
use http::header;

/// Where the picture is, below the server's base.
pub(crate) const AVATAR_PATH: &str = "/avatars/original/missing.png";
/// Where the banner is, below the server's base.
pub(crate) const HEADER_PATH: &str = "/headers/original/missing.png";

static AVATAR: &[u8] = include_bytes!("../assets/missing-avatar.png");
static HEADER: &[u8] = include_bytes!("../assets/missing-header.png");

/// Serves both.
pub(crate) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route(AVATAR_PATH, get(|| async { png(AVATAR) }))
        .route(HEADER_PATH, get(|| async { png(HEADER) }))
}

fn png(bytes: &'static [u8]) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, "public, max-age=604800"),
    ];
    (headers, bytes)
}
