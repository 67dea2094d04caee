//! What a member has done, newest first, as far as the asker may see it.

use activitypub::emit::{self, Collection, CollectionPage, Context, to_document};
use axum::extract::{Path, Query, Request, State as Shared};
use axum::response::Response;
use model::status::StatusView;
use model::{Account, Page, Viewer};
use serde::{Deserialize, Serialize};
use service::{App, statuses};

use super::actor::find;
use super::answer;
use super::viewer::{admitted, is_strict, viewer};
use crate::edge::State;
use crate::inbound::Rejection;
use crate::outbound::documents;

/// Activities on one page, as in Mastodon.
const PAGE: i64 = 20;

/// Which page is asked for.
#[derive(Deserialize)]
pub(super) struct Asked {
    page: Option<String>,
    max_id: Option<i64>,
    min_id: Option<i64>,
}

/// A post or a boost; the two have different objects.
#[derive(Serialize)]
#[serde(untagged)]
enum Item {
    Create(Box<emit::Activity<emit::Note>>),
    Announce(emit::Activity<String>),
}

/// `GET …/outbox`.
pub(super) async fn show(
    Shared(state): Shared<State>,
    Path(account): Path<String>,
    Query(asked): Query<Asked>,
    request: Request,
) -> Result<Response, Rejection> {
    let (parts, _) = request.into_parts();
    let account = find(&state, &parts, &account).await?;
    admitted(&state, &parts).await?;
    let viewer = viewer(&state, &parts).await?;
    if account.is_suspended() {
        return Err(answer::suspended());
    }
    let id = format!("{}/outbox", account.uri);
    let document = if asked.page.is_some() {
        to_document(
            Context::Note,
            &page(&state.app, &account, viewer, &asked, id).await?,
        )
    } else {
        let total = Some(account.statuses_count.unsigned_abs());
        let mut collection =
            Collection::<String>::paged(id.clone(), total, format!("{id}?page=true"));
        collection.last = Some(format!("{id}?min_id=0&page=true"));
        to_document(Context::Plain, &collection)
    };
    let is_open = viewer == Viewer::Anybody && !is_strict(&state);
    Ok(if is_open {
        answer::public(document)
    } else {
        answer::private(document)
    })
}

async fn page(
    app: &App,
    account: &Account,
    viewer: Viewer,
    asked: &Asked,
    id: String,
) -> service::Result<CollectionPage<Item>> {
    let page = Page {
        max_id: asked.max_id,
        since_id: None,
        min_id: asked.min_id,
        limit: PAGE,
    };
    let views = statuses::outbox(app, account.id, viewer, page).await?;
    let mut ordered_items = Vec::with_capacity(views.len());
    for view in &views {
        ordered_items.push(item(app, view).await?);
    }
    let at = |name: &str, view: Option<&StatusView>| {
        view.map(|view| format!("{id}?{name}={}&page=true", view.status.id))
    };
    Ok(CollectionPage {
        next: at("max_id", views.last()),
        prev: at("min_id", views.first()),
        total_items: None,
        id: match (asked.max_id, asked.min_id) {
            (Some(max_id), _) => format!("{id}?max_id={max_id}&page=true"),
            (None, Some(min_id)) => format!("{id}?min_id={min_id}&page=true"),
            (None, None) => format!("{id}?page=true"),
        },
        part_of: id,
        ordered_items,
    })
}

async fn item(app: &App, view: &StatusView) -> service::Result<Item> {
    Ok(match documents::announce(view) {
        Some(announce) => Item::Announce(announce),
        None => Item::Create(Box::new(emit::create(documents::note(app, view).await?))),
    })
}
