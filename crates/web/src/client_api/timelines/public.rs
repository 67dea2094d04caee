//! What everybody posted for everybody.

use axum::extract::State as Extract;
use mastodon::forms::PublicTimeline;
use service::timelines;

use super::reach;
use crate::{
    State,
    client_api::{
        links::{Custom, Here},
        lists, page,
    },
    error::Answer,
    extract::{Params, Visitor},
};

/// `GET /api/v1/timelines/public`
pub(crate) async fn public(
    Extract(state): Extract<State>,
    Visitor(viewer): Visitor,
    here: Here,
    Params(form): Params<PublicTimeline>,
) -> Answer {
    let page = page::STATUSES.page(form.paging);
    let reach = reach(form.local, form.remote);
    let only_media = form.only_media.unwrap_or(false);
    let found = timelines::public(&state.app, viewer, reach, only_media, page).await?;
    lists::statuses(&state, &here, (page, Custom::Timeline), (&found, viewer)).await
}
