//! How far a member has read.

use axum::extract::State as Extract;
use mastodon::forms::{MarkersQuery, ReadUpTo, SaveMarkers};
use model::timeline::MarkedTimeline;
use service::markers;

use super::answer;
use crate::{
    State,
    error::Answer,
    extract::{Member, Params},
    render,
};

/// `GET /api/v1/markers`
pub(super) async fn show(
    Extract(state): Extract<State>,
    member: Member,
    Params(form): Params<MarkersQuery>,
) -> Answer {
    let words = form.timeline.unwrap_or_default();
    let timelines: Vec<_> = words
        .iter()
        .filter_map(|word| MarkedTimeline::from_word(word))
        .collect();
    let found = markers::get(&state.app, member.id, &timelines).await?;
    answer(&render::markers::markers(&found))
}

/// `POST /api/v1/markers`
pub(super) async fn save(
    Extract(state): Extract<State>,
    member: Member,
    Params(form): Params<SaveMarkers>,
) -> Answer {
    let wanted = [
        (MarkedTimeline::Home, form.home),
        (MarkedTimeline::Notifications, form.notifications),
    ];
    let position = |(timeline, read): (_, Option<ReadUpTo>)| Some((timeline, read?.last_read_id?));
    let wanted: Vec<_> = wanted.into_iter().filter_map(position).collect();
    let moved = markers::set(&state.app, member.id, &wanted).await?;
    answer(&render::markers::markers(&moved))
}
