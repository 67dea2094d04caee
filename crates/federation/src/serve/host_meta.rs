//! host-meta (RFC 6415): where WebFinger is, for those who ask the old way.

use activitypub::emit::{HostMeta, to_json};
use axum::extract::State as Shared;
use axum::response::Response;
use http::{HeaderMap, header};

use super::answer;
use crate::edge::State;

/// How long it may be kept, in seconds.
const MAX_AGE: u32 = 3 * 24 * 60 * 60;

/// `GET /.well-known/host-meta`: XML, or JSON for who asks for that.
pub(super) async fn show(state: Shared<State>, headers: HeaderMap) -> Response {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .unwrap_or_default();
    if accept.contains("json") && !accept.contains("xml") {
        return show_json(state).await;
    }
    let meta = HostMeta::new(state.app.urls.base());
    answer::cached(
        meta.to_xml().into_bytes(),
        "application/xrd+xml; charset=utf-8",
        MAX_AGE,
    )
}

/// `GET /.well-known/host-meta.json`.
pub(super) async fn show_json(Shared(state): Shared<State>) -> Response {
    let meta = HostMeta::new(state.app.urls.base());
    answer::cached(to_json(&meta), "application/json; charset=utf-8", MAX_AGE)
}
