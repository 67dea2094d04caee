//! The server about itself.

use axum::extract::State as Extract;
use service::instance;

use super::answer;
use crate::{
    State,
    error::{Answer, ApiError},
};

/// `GET /api/v2/instance`
pub(super) async fn show(Extract(state): Extract<State>) -> Answer {
    let usage = instance::usage(&state.app).await?;
    answer(&state.renderer.instance(usage))
}

/// `GET /api/v1/instance`
pub(super) async fn show_v1(Extract(state): Extract<State>) -> Answer {
    let usage = instance::usage(&state.app).await?;
    answer(&state.renderer.instance_v1(usage))
}

/// `GET /api/v1/instance/peers`
pub(super) async fn peers(Extract(state): Extract<State>) -> Answer {
    let domains = instance::peers(&state.app).await?;
    answer(&domains)
}

/// `GET /api/v1/instance/rules`
pub(super) async fn rules(Extract(state): Extract<State>) -> Answer {
    answer(&state.renderer.rules())
}

/// `GET /api/v1/instance/extended_description`
pub(super) async fn extended_description(Extract(state): Extract<State>) -> Answer {
    answer(&state.renderer.extended_description())
}

/// `GET /api/v1/instance/privacy_policy`
pub(super) async fn privacy_policy(Extract(state): Extract<State>) -> Answer {
    answer(&state.renderer.privacy_policy())
}

/// `GET /api/v1/instance/terms_of_service`
pub(super) async fn terms_of_service(Extract(state): Extract<State>) -> Answer {
    let terms = state
        .renderer
        .terms_of_service()
        .ok_or(ApiError::NotFound)?;
    answer(&terms)
}
