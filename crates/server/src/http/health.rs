//! Whether the process lives and whether it can work, for supervisors and load balancers.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;

use crate::config::profile::Profile;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// What readiness depends on.
#[derive(Debug, Clone)]
pub struct Health {
    /// The database.
    pub pool: PgPool,
    /// Named in the answer, so that nobody takes a demo for the real thing.
    pub profile: Profile,
    /// Set when the server is going to stop: load balancers send nobody here any more.
    pub stop: CancellationToken,
}

/// What `/readyz` answers.
#[derive(Debug, Serialize)]
struct Readiness {
    status: &'static str,
    profile: &'static str,
    version: &'static str,
    database: &'static str,
}

/// The routes `/health` (as Mastodon's: `OK`), `/livez` and `/readyz`.
pub fn router(health: Health) -> Router {
    Router::new()
        .route("/health", get(|| async { "OK" }))
        .route("/livez", get(|| async { "OK" }))
        .route("/readyz", get(ready))
        .with_state(health)
}

async fn ready(State(health): State<Health>) -> Response {
    let asked = tokio::time::timeout(PATIENCE, sqlx::query("SELECT 1").execute(&health.pool)).await;
    let is_there = matches!(asked, Ok(Ok(_)));
    let is_stopping = health.stop.is_cancelled();
    let readiness = Readiness {
        status: match (is_there, is_stopping) {
            (_, true) => "stopping",
            (true, false) => "ready",
            (false, false) => "unavailable",
        },
        profile: health.profile.as_str(),
        version: env!("CARGO_PKG_VERSION"),
        database: if is_there { "ok" } else { "unreachable" },
    };
    let status = if is_there && !is_stopping {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(readiness)).into_response()
}
