//! Public posts with a hashtag.

use askama::Template;
use axum::{
    extract::{Path, Query, State as Extract},
    response::{IntoResponse, Response},
};
use model::{Viewer, timeline::Reach};
use service::{
    statuses,
    timelines::{self, TagFilter},
};

use super::{
    Frame, PageError, Shown,
    cards::PostCard,
    profile::{Older, PageQuery},
};
use crate::{State, session::Browser};

#[derive(Template)]
#[template(path = "tag.html")]
struct TagPage {
    frame: Frame,
    name: String,
    posts: Vec<PostCard>,
    older: Option<i64>,
}

/// `GET /tags/{name}`
pub(super) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Path(name): Path<String>,
    query: Query<PageQuery>,
) -> Result<Response, PageError> {
    if !text::hashtag::is_name(&name) {
        return Err(PageError::NotFound);
    }
    let shown = text::hashtag::display(&name).ok_or(PageError::NotFound)?;
    let filter = TagFilter {
        name: text::hashtag::normalise(&name).ok_or(PageError::NotFound)?,
        any: Vec::new(),
        all: Vec::new(),
        none: Vec::new(),
        reach: Reach::Everybody,
        only_media: false,
    };
    let page = query.page();
    let found = timelines::tag(&state.app, Viewer::Anybody, &filter, page).await?;
    let posts = statuses::views(&state.app, Viewer::Anybody, &found).await?;
    let tag_page = TagPage {
        frame: Frame::new(&state, &browser),
        name: shown,
        older: Older::of(&posts, page),
        posts: PostCard::all(&state, &posts),
    };
    Ok(Shown::new(&state, &browser, &tag_page).into_response())
}
