//! Whoever sends too much is heard out before they are told so.
//!
//! A connection that is closed while somebody still sends is reset, and then neither browsers nor apps show the answer
//! that stands on it: they show that the server broke off. So what is left of a refused body is read and forgotten,
//! up to a limit; how long that may take is the server's own limit on bodies (S64).

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    body::{Body, BodyDataStream},
    extract::Request,
    middleware::Next,
    response::Response,
};
use futures_util::{StreamExt, stream};
use http::{HeaderMap, StatusCode, header};

/// Smaller bodies have arrived before anybody looks at them.
const SMALL: u64 = 64 * 1024;
/// Nobody is heard out for longer, in bytes.
const LONGEST: usize = 4 * 1024 * 1024;

/// What is left of a body, for two readers one after the other.
type Rest = Arc<Mutex<BodyDataStream>>;

/// Answers as the inner service does; what it refused for its size is read first.
pub(crate) async fn hear_out(request: Request, next: Next) -> Response {
    if is_small(request.headers()) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let rest: Rest = Arc::new(Mutex::new(body.into_data_stream()));
    let body = Body::from_stream(read(Arc::clone(&rest)));
    let response = next.run(Request::from_parts(parts, body)).await;
    if response.status() == StatusCode::PAYLOAD_TOO_LARGE {
        forget(read(rest)).await;
    }
    response
}

fn is_small(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok());
    match length {
        Some(text) => text.parse::<u64>().is_ok_and(|length| length <= SMALL),
        // Without a length there is no body, or one in pieces whose end nobody knows yet.
        None => !headers.contains_key(header::TRANSFER_ENCODING),
    }
}

fn read(rest: Rest) -> impl stream::Stream<Item = Result<axum::body::Bytes, axum::Error>> + Send {
    stream::poll_fn(move |context| {
        let mut rest = rest.lock().unwrap_or_else(PoisonError::into_inner);
        rest.poll_next_unpin(context)
    })
}

async fn forget(
    mut rest: impl stream::Stream<Item = Result<axum::body::Bytes, axum::Error>> + Unpin,
) {
    let mut heard = 0;
    while let Some(Ok(piece)) = rest.next().await {
        heard += piece.len();
        if heard > LONGEST {
            return;
        }
    }
}
