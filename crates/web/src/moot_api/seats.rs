//! Moderators' seats, and what their holders do with their own.

use axum::extract::State as Extract;
use service::moderation::board::seats;

use crate::{State, client_api::answer, error::Answer, extract::Officer, render::Renderer};

/// `GET /api/moot/v1/board/seats`
pub(super) async fn list(Extract(state): Extract<State>, Officer(_): Officer) -> Answer {
    all(&state).await
}

/// `POST /api/moot/v1/seat/step_down`
pub(super) async fn step_down(Extract(state): Extract<State>, Officer(acting): Officer) -> Answer {
    seats::step_down(&state.app, &acting).await?;
    all(&state).await
}

/// `POST /api/moot/v1/seat/leave`
pub(super) async fn leave(Extract(state): Extract<State>, Officer(acting): Officer) -> Answer {
    seats::leave(&state.app, &acting).await?;
    all(&state).await
}

/// `POST /api/moot/v1/seat/return`
pub(super) async fn come_back(Extract(state): Extract<State>, Officer(acting): Officer) -> Answer {
    seats::come_back(&state.app, &acting).await?;
    all(&state).await
}

async fn all(state: &State) -> Answer {
    let found = seats::seats(&state.app).await?;
    answer(&found.iter().map(Renderer::seat).collect::<Vec<_>>())
}
