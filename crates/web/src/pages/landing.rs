//! The front page: what this server is, and what was said here last.

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use model::{Page, Viewer, timeline::Reach};
use service::{statuses, timelines};

use super::{Frame, PageError, Shown, cards::PostCard};
use crate::{State, session::Browser};

/// How many posts are shown.
const POSTS: i64 = 20;

#[derive(Template)]
#[template(path = "landing.html")]
struct Landing {
    frame: Frame,
    posts: Vec<PostCard>,
}

/// `GET /`
pub(super) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    let page = Page::newest(POSTS);
    let found = timelines::public(&state.app, Viewer::Anybody, Reach::Local, false, page).await?;
    let posts = statuses::views(&state.app, Viewer::Anybody, &found).await?;
    let landing = Landing {
        frame: Frame::new(&state, &browser),
        posts: PostCard::all(&state, &posts),
    };
    Ok(Shown::new(&state, &browser, &landing).into_response())
}
