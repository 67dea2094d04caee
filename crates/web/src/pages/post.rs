//! One post with its thread.

use askama::Template;
use axum::{
    extract::{Path, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use http::header;
use model::{StatusId, status::StatusView};
use service::statuses;

use super::{
    Frame, PageError, Shown,
    cards::{PostCard, viewer_of},
    document_link::document_link,
    profile, remote,
};
use crate::{State, session::Browser};

#[derive(Template)]
#[template(path = "post.html")]
struct PostPage {
    frame: Frame,
    url: String,
    uri: String,
    /// The beginning, for titles and previews; of what is behind a warning, the warning alone.
    excerpt: String,
    picture: Option<String>,
    is_for_search_engines: bool,
    before: Vec<PostCard>,
    post: PostCard,
    after: Vec<PostCard>,
}

/// `GET /@name/{id}`
pub(super) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Path((name, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let id: StatusId = id.parse().map_err(|_| PageError::NotFound)?;
    let account = profile::find(&state, &name).await?;
    let view = statuses::get(&state.app, browser.viewer(), id).await?;
    if view.status.account_id != account.id {
        return Err(PageError::NotFound);
    }
    if !view.status.local {
        return Ok(remote::post(&state, &browser, &view));
    }
    if let Some(boosted) = &view.boost_of {
        return Ok(boosted_page(&state, &browser, boosted));
    }
    let viewer = viewer_of(&view, browser.viewer());
    let thread = statuses::context(&state.app, viewer, id).await?;
    let before = statuses::views(&state.app, viewer, &thread.ancestors).await?;
    let after = statuses::views(&state.app, viewer, &thread.descendants).await?;
    let post = PostCard::new(&state, &view);
    let page = PostPage {
        frame: Frame::new(&state, &browser),
        url: state.app.urls.status_page(&account.username, id),
        uri: view.status.uri.clone(),
        excerpt: excerpt(&view, &post),
        picture: picture(&post),
        is_for_search_engines: account.indexable && view.status.visibility.is_for_everybody(),
        before: PostCard::all(&state, &before),
        after: PostCard::all(&state, &after),
        post,
    };
    let link = document_link(&view.status.uri);
    Ok(Shown::new(&state, &browser, &page)
        .header(header::LINK, link)
        .into_response())
}

/// A boost has no page of its own; what it repeats has.
fn boosted_page(state: &State, browser: &Browser, boosted: &StatusView) -> Response {
    if !boosted.status.local {
        return remote::post(state, browser, boosted);
    }
    let path = format!("/@{}/{}", boosted.author.username, boosted.status.id);
    Redirect::to(&path).into_response()
}

fn excerpt(view: &StatusView, post: &PostCard) -> String {
    if post.spoiler.is_empty() {
        text::summary::excerpt(&view.status.content, 200)
    } else {
        post.spoiler.clone()
    }
}

fn picture(post: &PostCard) -> Option<String> {
    if post.hides_files || !post.spoiler.is_empty() {
        return None;
    }
    post.files.iter().find_map(|file| file.picture.clone())
}
