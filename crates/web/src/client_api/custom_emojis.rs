//! The server's own emojis.

use axum::extract::State as Extract;
use service::instance;

use super::answer;
use crate::{State, error::Answer, render};

/// `GET /api/v1/custom_emojis`
pub(super) async fn list(Extract(state): Extract<State>) -> Answer {
    let emojis = instance::custom_emojis(&state.app).await?;
    answer(&emojis.iter().map(render::emoji).collect::<Vec<_>>())
}
