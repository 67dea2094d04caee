//! What those the member follows posted.

use axum::extract::State as Extract;
use mastodon::forms::Paging;
use model::Viewer;
use service::timelines;

use crate::{
    State,
    client_api::{
        links::{Custom, Here},
        lists, page,
    },
    error::Answer,
    extract::{Member, Params},
};

/// `GET /api/v1/timelines/home`
pub(crate) async fn home(
    Extract(state): Extract<State>,
    member: Member,
    here: Here,
    Params(form): Params<Paging>,
) -> Answer {
    let page = page::STATUSES.page(form);
    let found = timelines::home(&state.app, member.id, page).await?;
    lists::statuses(
        &state,
        &here,
        (page, Custom::Timeline),
        (&found, Viewer::Account(member.id)),
    )
    .await
}
