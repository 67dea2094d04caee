//! The posts of an account.

use axum::extract::State as Extract;
use mastodon::forms::AccountStatuses;
use model::Account;
use service::accounts::{self, StatusFilter};

use crate::{
    State,
    client_api::{
        links::{Custom, Here},
        lists, page,
    },
    error::Answer,
    extract::{Params, PathId, Visitor},
};

/// `GET /api/v1/accounts/:id/statuses`
pub(crate) async fn statuses(
    Extract(state): Extract<State>,
    Visitor(viewer): Visitor,
    PathId(id): PathId<Account>,
    here: Here,
    Params(form): Params<AccountStatuses>,
) -> Answer {
    let filter = StatusFilter {
        page: page::STATUSES.page(form.paging),
        excludes_replies: form.exclude_replies.unwrap_or(false),
        excludes_boosts: form.exclude_reblogs.unwrap_or(false),
        only_media: form.only_media.unwrap_or(false),
        only_pinned: form.pinned.unwrap_or(false),
        tag: form.tagged,
    };
    let found = accounts::statuses(&state.app, viewer, id, &filter).await?;
    lists::statuses(&state, &here, (filter.page, Custom::List), (&found, viewer)).await
}
