//! The board's console: seats, decisions, documents, settings, and whatever waits for the board.
//!
//! One of them records what was decided, another confirms just that: the form of the confirmation sends the digest of what the
//! page shows. Whoever does not sit on the board finds nothing here.

mod decision;
mod decisions;
mod documents;
mod overview;
mod record;
mod seats;
mod settings;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::State;

/// Where everything begins.
const HOME: &str = "/board";
/// The largest form, in bytes: a document is written in one, and every letter of it can take three.
pub(super) const MAX_BODY: usize = 900 * 1024;

/// Every page of it.
pub(super) fn router() -> Router<State> {
    Router::new()
        .route("/board", get(overview::show))
        .route("/board/seats", get(seats::show))
        .route("/board/decisions", get(decisions::show))
        .route(
            "/board/decisions/new",
            get(record::show).post(record::submit),
        )
        .route("/board/decisions/{id}", get(decision::show))
        .route("/board/decisions/{id}/confirm", post(decision::confirm))
        .route("/board/decisions/{id}/withdraw", post(decision::withdraw))
        .route("/board/documents", get(documents::list))
        .route("/board/documents/{kind}", get(documents::show))
        .route(
            "/board/documents/{kind}/edit",
            get(documents::edit).post(documents::submit),
        )
        .route(
            "/board/settings",
            get(settings::show).post(settings::submit),
        )
        .layer(DefaultBodyLimit::max(MAX_BODY))
}
