//! Mastodon's client API. The folders are the URLs; [`routes()`] is the table of contents.

pub(crate) mod access;
mod accounts;
pub(crate) mod admin;
mod apps;
mod custom_emojis;
pub(crate) mod describe;
mod emails;
mod follow_requests;
mod guard;
mod instance;
pub(crate) mod links;
mod lists;
mod markers;
mod none_yet;
mod notifications;
pub(crate) mod page;
mod preferences;
mod reports;
pub(crate) mod routes;
mod search;
mod statuses;
mod timelines;

pub use describe::{Caller, RouteDescription, routes};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use crate::{
    State,
    error::{Answer, ApiError},
};

/// The largest body of a request without files, in bytes.
const MAX_BODY: usize = 1024 * 1024;

/// The client API, every route guarded as the table says. What the table does not know is not found.
pub(crate) fn router(state: State) -> Router {
    let mut router = Router::new();
    for route in routes::routes() {
        router = route.mount(router, &state);
    }
    router
        .route("/api/{*unknown}", axum::routing::any(unknown))
        .method_not_allowed_fallback(unknown)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(state)
}

async fn unknown() -> ApiError {
    ApiError::Refused(StatusCode::NOT_FOUND, "Not Found".into())
}

/// An answer with an entity in it.
pub(crate) fn answer<T: Serialize + ?Sized>(entity: &T) -> Answer {
    let body = serde_json::to_vec(entity)
        .map_err(|error| service::Error::internal(std::io::Error::other(error)))?;
    Ok(json(body))
}

/// An answer that is written already.
pub(crate) fn json(body: Vec<u8>) -> Response {
    let content_type = HeaderValue::from_static("application/json; charset=utf-8");
    ([(header::CONTENT_TYPE, content_type)], body).into_response()
}

/// The answer where there is nothing to say.
pub(crate) fn nothing_to_say() -> Answer {
    answer(&serde_json::Map::new())
}
