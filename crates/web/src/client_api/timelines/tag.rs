//! What was posted with a hashtag.

use axum::extract::State as Extract;
use mastodon::forms::TagTimeline;
use service::timelines::{self, TagFilter};

use super::reach;
use crate::{
    State,
    client_api::{
        links::{Custom, Here},
        lists, page,
    },
    error::Answer,
    extract::{Params, PathText, Visitor},
};

/// Further tags beyond this many are left out, as in Mastodon.
const FURTHER_TAGS: usize = 4;

/// `GET /api/v1/timelines/tag/:hashtag`
pub(crate) async fn tag(
    Extract(state): Extract<State>,
    Visitor(viewer): Visitor,
    PathText(name): PathText,
    here: Here,
    Params(form): Params<TagTimeline>,
) -> Answer {
    let page = page::STATUSES.page(form.paging);
    let filter = TagFilter {
        name,
        any: further(form.any),
        all: further(form.all),
        none: further(form.none),
        reach: reach(form.local, form.remote),
        only_media: form.only_media.unwrap_or(false),
    };
    let found = timelines::tag(&state.app, viewer, &filter, page).await?;
    lists::statuses(&state, &here, (page, Custom::Timeline), (&found, viewer)).await
}

fn further(tags: Option<Vec<String>>) -> Vec<String> {
    let mut tags = tags.unwrap_or_default();
    tags.truncate(FURTHER_TAGS);
    tags
}
