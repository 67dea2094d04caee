//! Who follows a member and whom it follows: how many, and who unless it hides that.

use activitypub::emit::{Collection, CollectionPage, Context, to_document};
use axum::extract::{Path, Query, Request, State as Shared};
use axum::response::Response;
use model::{Account, Page, Viewer};
use serde::Deserialize;
use service::{Listed, accounts};

use super::actor::find;
use super::answer;
use super::viewer::{admitted, is_strict};
use crate::edge::State;
use crate::inbound::Rejection;

/// People on one page, as in Mastodon.
const PAGE: i64 = 12;

/// Which page is asked for. The first is `page=1`; further ones begin below a number that the page before named.
#[derive(Deserialize)]
pub(super) struct Asked {
    page: Option<String>,
    max_id: Option<i64>,
}

/// `GET …/followers`.
pub(super) async fn followers(
    state: Shared<State>,
    account: Path<String>,
    asked: Query<Asked>,
    request: Request,
) -> Result<Response, Rejection> {
    show(&state, &account, &asked, request, Side::Followers).await
}

/// `GET …/following`.
pub(super) async fn following(
    state: Shared<State>,
    account: Path<String>,
    asked: Query<Asked>,
    request: Request,
) -> Result<Response, Rejection> {
    show(&state, &account, &asked, request, Side::Following).await
}

#[derive(Clone, Copy)]
enum Side {
    Followers,
    Following,
}

async fn show(
    state: &State,
    named: &str,
    asked: &Asked,
    request: Request,
    side: Side,
) -> Result<Response, Rejection> {
    let (parts, _) = request.into_parts();
    let account = find(state, &parts, named).await?;
    admitted(state, &parts).await?;
    if account.is_suspended() {
        return Err(answer::suspended());
    }
    let (name, total) = match side {
        Side::Followers => ("followers", account.followers_count),
        Side::Following => ("following", account.following_count),
    };
    let id = format!("{}/{name}", account.uri);
    let total = Some(total.unsigned_abs());
    let document = if asked.page.is_some() {
        if account.hides_collections {
            return Err(Rejection::new(http::StatusCode::FORBIDDEN, "hidden"));
        }
        to_document(
            Context::Plain,
            &page(state, &account, asked, side, id, total).await?,
        )
    } else if account.hides_collections {
        to_document(Context::Plain, &Collection::<String>::counted(id, total))
    } else {
        let first = format!("{id}?page=1");
        to_document(
            Context::Plain,
            &Collection::<String>::paged(id, total, first),
        )
    };
    Ok(if is_strict(state) {
        answer::private(document)
    } else {
        answer::public(document)
    })
}

async fn page(
    state: &State,
    account: &Account,
    asked: &Asked,
    side: Side,
    id: String,
    total: Option<u64>,
) -> service::Result<CollectionPage> {
    let page = Page {
        max_id: asked.max_id,
        ..Page::newest(PAGE)
    };
    let people: Vec<Listed<Account>> = match side {
        Side::Followers => {
            accounts::followers(&state.app, Viewer::Anybody, account.id, page).await?
        }
        Side::Following => {
            accounts::following(&state.app, Viewer::Anybody, account.id, page).await?
        }
    };
    let is_full = people.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX);
    let last = people.last().filter(|_| is_full);
    Ok(CollectionPage {
        id: match asked.max_id {
            Some(max_id) => format!("{id}?page=1&max_id={max_id}"),
            None => format!("{id}?page=1"),
        },
        total_items: total,
        next: last.map(|last| format!("{id}?page=1&max_id={}", last.cursor)),
        prev: None,
        part_of: id,
        ordered_items: people.into_iter().map(|listed| listed.item.uri).collect(),
    })
}
