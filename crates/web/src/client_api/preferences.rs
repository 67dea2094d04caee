//! The member's choices that apps may follow.

use axum::extract::State as Extract;
use service::members;

use super::answer;
use crate::{State, error::Answer, extract::Member, render::preferences};

/// `GET /api/v1/preferences`
pub(super) async fn show(Extract(state): Extract<State>, member: Member) -> Answer {
    let member = members::get(&state.app, member.id).await?;
    answer(&preferences::preferences(&member))
}
