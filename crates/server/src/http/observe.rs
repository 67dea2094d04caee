//! Gives every request an id and counts its outcome.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::{Instrument as _, debug, info_span, warn};

use super::metrics::Metrics;

/// As Mastodon's; people quote it when they report a failure.
static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Wraps a request in a span with an id of our own making (one from outside could be forged to confuse the log), and
/// counts it. The log holds the route's pattern and never the address or the query (S43).
pub async fn observe(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let id = request_id();
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let route = matched.as_ref().map_or("unmatched", MatchedPath::as_str);
    let span =
        info_span!("web.request", request.id = %id, http.method = %method, http.route = %route);
    let began = Instant::now();

    let mut response = next.run(request).instrument(span.clone()).await;

    let duration = began.elapsed();
    let status = response.status();
    metrics.count(method.as_str(), route, status, duration);
    let duration_ms = duration.as_secs_f64() * 1000.0;
    span.in_scope(|| {
        if status.is_server_error() {
            warn!(
                http.status = status.as_u16(),
                duration_ms, "A request failed"
            );
        } else {
            debug!(
                http.status = status.as_u16(),
                duration_ms, "A request was answered"
            );
        }
    });
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID.clone(), id);
    }
    response
}

fn request_id() -> String {
    let mut bytes = [0_u8; 8];
    aws_lc_rs::rand::fill(&mut bytes).expect("the system's generator of randomness works");
    hex::encode(bytes)
}
