//! The front page: what this server is, by which rules, who decides and how, and what was said here last.

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use model::{
    Page, Viewer,
    instance::Usage,
    moderation::{Governance, document::DocumentKind},
    timeline::Reach,
};
use service::{
    instance,
    moderation::board::{current_governance, documents, seats},
    statuses, timelines,
};
use text::documents::markdown;

use super::{Frame, PageError, Shown, cards::PostCard, html::Html};
use crate::{State, session::Browser};

/// How many posts are shown.
const POSTS: i64 = 20;

#[derive(Template)]
#[template(path = "landing.html")]
struct Landing {
    frame: Frame,
    blurb: Html,
    rules: Vec<String>,
    moderators: Vec<Moderator>,
    governance: Governance,
    usage: Usage,
    posts: Vec<PostCard>,
}

/// Somebody who moderates, as everybody may know.
struct Moderator {
    name: String,
    handle: String,
    /// The page of their account here; nothing for somebody whose account is gone.
    page: Option<String>,
}

/// `GET /`
pub(super) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    let page = Page::newest(POSTS);
    let found = timelines::public(&state.app, Viewer::Anybody, Reach::Local, false, page).await?;
    let posts = statuses::views(&state.app, Viewer::Anybody, &found).await?;
    let blurb = documents::current(&state.app, DocumentKind::Landing).await?;
    let landing = Landing {
        frame: Frame::new(&state, &browser),
        blurb: Html(markdown(&blurb.document.text)),
        rules: documents::rules(&state.app).await?,
        moderators: moderators(&state).await?,
        governance: current_governance(&state.app).await?,
        usage: instance::usage(&state.app).await?,
        posts: PostCard::all(&state, &posts),
    };
    Ok(Shown::new(&state, &browser, &landing).into_response())
}

/// Holders of the regular seats, in order.
async fn moderators(state: &State) -> Result<Vec<Moderator>, PageError> {
    let seats = seats::seats(&state.app).await?;
    let held = seats.into_iter().filter_map(|seat| seat.held);
    Ok(held
        .filter(|seat| seat.ad_hoc_for.is_none())
        .map(|seat| {
            let username = seat.holder.handle.split('@').next().unwrap_or_default();
            Moderator {
                page: seat.holder.account_id.map(|_| format!("/@{username}")),
                name: seat.holder.name,
                handle: seat.holder.handle,
            }
        })
        .collect())
}
