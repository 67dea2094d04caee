//! The newest entries for feed readers: Atom (RFC 4287) and JSON Feed 1.1.

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use http::header;
use serde_json::json;
use service::moderation::log::{self, Filter};

use super::told::Told;
use crate::{State, pages::PageError};

/// Entries in a feed.
const MOST: i64 = 40;
const CACHED: &str = "public, max-age=300";

#[derive(Template)]
#[template(path = "moderation/log.xml")]
struct Atom<'a> {
    base: &'a str,
    title: &'a str,
    updated: String,
    entries: Vec<Told>,
}

async fn newest(state: &State) -> Result<Vec<Told>, PageError> {
    let entries = log::newest(&state.app, &Filter::default(), None, MOST).await?;
    Ok(entries.iter().map(Told::of).collect())
}

/// `GET /moderation/log.atom`
pub(super) async fn atom(Extract(state): Extract<State>) -> Result<Response, PageError> {
    let entries = newest(&state).await?;
    let feed = Atom {
        base: state.app.urls.base(),
        title: &state.app.settings.presentation.title,
        updated: entries.first().map_or_else(
            || "1970-01-01T00:00:00Z".to_owned(),
            |told| told.at_exact.clone(),
        ),
        entries,
    };
    let body = feed
        .render()
        .map_err(|error| service::Error::internal(std::io::Error::other(error)))?;
    let headers = [
        (header::CONTENT_TYPE, "application/atom+xml; charset=utf-8"),
        (header::CACHE_CONTROL, CACHED),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, body).into_response())
}

/// `GET /moderation/feed.json`
pub(super) async fn json(Extract(state): Extract<State>) -> Result<Response, PageError> {
    let base = state.app.urls.base();
    let items: Vec<_> = newest(&state)
        .await?
        .into_iter()
        .map(|told| {
            let address = format!("{base}/moderation/{}", told.seq);
            let text = [told.kind.to_owned(), told.reason, told.by]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · ");
            json!({
                "id": address,
                "url": address,
                "title": told.title,
                "content_text": text,
                "date_published": told.at_exact,
                "tags": told.category.into_iter().collect::<Vec<_>>(),
            })
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": format!("Moderation of {}", state.app.settings.presentation.title),
        "home_page_url": format!("{base}/moderation"),
        "feed_url": format!("{base}/moderation/feed.json"),
        "items": items,
    });
    let headers = [
        (header::CONTENT_TYPE, "application/feed+json; charset=utf-8"),
        (header::CACHE_CONTROL, CACHED),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, feed.to_string()).into_response())
}
