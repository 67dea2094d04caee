//! A member's profile with their public posts.

use askama::Template;
use axum::{
    extract::{Path, Query, State as Extract},
    response::{IntoResponse, Response},
};
use http::header;
use model::{Account, Handle, Page, Username, Viewer, status::StatusView};
use serde::Deserialize;
use service::{
    accounts::{self, StatusFilter},
    statuses,
};

use super::{
    Frame, PageError, Shown,
    cards::{Moment, PersonCard, PostCard, web_url},
    document_link::document_link,
    html::Html,
    remote,
};
use crate::{State, placeholders, session::Browser};

/// How many posts a page has.
const POSTS: i64 = 20;

/// Where a list goes on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PageQuery {
    max_id: String,
}

impl PageQuery {
    /// The part of the list that is asked for; the newest, if that is no number.
    pub(super) fn page(&self) -> Page {
        Page {
            max_id: self.max_id.parse().ok(),
            ..Page::newest(POSTS)
        }
    }
}

/// Where the next page begins.
pub(super) struct Older;

impl Older {
    /// `max_id` of the next page, if there may be one.
    pub(super) fn of(posts: &[StatusView], page: Page) -> Option<i64> {
        let is_full = i64::try_from(posts.len()).is_ok_and(|count| count >= page.limit);
        posts
            .last()
            .filter(|_| is_full)
            .map(|post| post.status.id.get())
    }
}

/// Which of two pages.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Posts,
    PostsAndReplies,
}

#[derive(Template)]
#[template(path = "profile.html")]
struct Profile {
    frame: Frame,
    person: PersonCard,
    url: String,
    uri: String,
    banner: String,
    note: Html,
    excerpt: String,
    fields: Vec<Field>,
    joined: Moment,
    account: Account,
    with_replies: bool,
    posts: Vec<PostCard>,
    older: Option<i64>,
}

struct Field {
    name: String,
    value: Html,
    is_verified: bool,
}

/// `GET /@name`, and `/@name@domain` for people of other servers.
pub(super) async fn show(
    state: Extract<State>,
    browser: Browser,
    name: Path<String>,
    query: Query<PageQuery>,
) -> Result<Response, PageError> {
    part(state, browser, &name, query, Part::Posts).await
}

/// `GET /@name/with_replies`
pub(super) async fn show_with_replies(
    state: Extract<State>,
    browser: Browser,
    name: Path<String>,
    query: Query<PageQuery>,
) -> Result<Response, PageError> {
    part(state, browser, &name, query, Part::PostsAndReplies).await
}

async fn part(
    Extract(state): Extract<State>,
    browser: Browser,
    name: &str,
    query: Query<PageQuery>,
    part: Part,
) -> Result<Response, PageError> {
    let account = find(&state, name).await?;
    if !account.is_local() {
        return Ok(remote::profile(&state, &browser, &account));
    }
    let page = query.page();
    let filter = StatusFilter {
        page,
        excludes_replies: part == Part::Posts,
        excludes_boosts: false,
        only_media: false,
        only_pinned: false,
        tag: None,
    };
    let found = accounts::statuses(&state.app, Viewer::Anybody, account.id, &filter).await?;
    let posts = statuses::views(&state.app, Viewer::Anybody, &found).await?;
    let link = document_link(&account.uri);
    let profile = Profile {
        frame: Frame::new(&state, &browser),
        person: PersonCard::new(&state, &account),
        url: state.app.urls.profile(&account.username),
        uri: account.uri.clone(),
        banner: account
            .header_url
            .as_deref()
            .and_then(web_url)
            .unwrap_or(placeholders::HEADER_PATH)
            .to_owned(),
        note: Html(account.note.clone()),
        excerpt: text::summary::excerpt(&account.note, 200),
        fields: account.fields.iter().map(field).collect(),
        joined: Moment::day(account.created_at),
        with_replies: part == Part::PostsAndReplies,
        older: Older::of(&posts, page),
        posts: PostCard::all(&state, &posts),
        account,
    };
    Ok(Shown::new(&state, &browser, &profile)
        .header(header::LINK, link)
        .into_response())
}

/// Somebody known here who may be shown. Everybody else was never here.
pub(super) async fn find(state: &State, name: &str) -> Result<Account, PageError> {
    let handle = if name.contains('@') {
        name.parse::<Handle>().map_err(|_| PageError::NotFound)?
    } else {
        let username = Username::for_member(name).map_err(|_| PageError::NotFound)?;
        Handle {
            username,
            domain: None,
        }
    };
    let account = accounts::lookup(&state.app, &handle).await?;
    let is_shown = !account.is_suspended() && account.id != model::account::INSTANCE_ACTOR;
    if is_shown {
        Ok(account)
    } else {
        Err(PageError::NotFound)
    }
}

fn field(field: &model::ProfileField) -> Field {
    Field {
        name: field.name.clone(),
        value: Html(field.value.clone()),
        is_verified: field.verified_at.is_some(),
    }
}
