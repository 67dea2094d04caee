//! Every version of every document, and what each changed.

use askama::Template;
use axum::{
    extract::{Path, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use model::moderation::document::{Document, DocumentKind};
use service::moderation::board::documents::{self, Change, Source};
use text::documents::markdown;

use crate::{
    State,
    pages::{Frame, PageError, Shown, cards::Moment, html::Html},
    session::Browser,
};

#[derive(Template)]
#[template(path = "documents/list.html")]
struct ListPage {
    frame: Frame,
    lines: Vec<ListLine>,
}

struct ListLine {
    word: &'static str,
    title: &'static str,
    page: &'static str,
    is_default: bool,
    version: i32,
    since: Option<Moment>,
}

#[derive(Template)]
#[template(path = "documents/versions.html")]
struct VersionsPage {
    frame: Frame,
    word: &'static str,
    title: &'static str,
    page: &'static str,
    versions: Vec<VersionLine>,
}

struct VersionLine {
    number: i32,
    from: Option<Moment>,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "documents/version.html")]
struct VersionPage {
    frame: Frame,
    word: &'static str,
    title: &'static str,
    number: i32,
    from: Option<Moment>,
    text: Html,
}

#[derive(Template)]
#[template(path = "documents/changes.html")]
struct ChangesPage {
    frame: Frame,
    word: &'static str,
    title: &'static str,
    number: i32,
    from: Option<Moment>,
    changes: Vec<Line>,
}

/// A line of a difference.
struct Line {
    kind: &'static str,
    text: String,
}

/// The page on which the version in force is read.
const fn page_of(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Rules => "/rules",
        DocumentKind::Guidelines => "/guidelines",
        DocumentKind::Terms => "/terms-of-service",
        DocumentKind::Privacy => "/privacy-policy",
        DocumentKind::Landing => "/",
        DocumentKind::About => "/about",
        DocumentKind::Contact => "/contact",
    }
}

fn known(word: &str) -> Result<DocumentKind, PageError> {
    DocumentKind::from_word(word).ok_or(PageError::NotFound)
}

/// `GET /documents`
pub(in crate::pages) async fn list(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    let all = documents::all(&state.app).await?;
    let page = ListPage {
        frame: Frame::new(&state, &browser),
        lines: all
            .into_iter()
            .map(|shown| ListLine {
                word: shown.document.kind.as_str(),
                title: documents::title(shown.document.kind),
                page: page_of(shown.document.kind),
                is_default: shown.source == Source::Default,
                version: shown.document.version,
                since: shown.document.effective_at.map(Moment::day),
            })
            .collect(),
    };
    Ok(Shown::new(&state, &browser, &page).into_response())
}

/// `GET /documents/{kind}`
pub(in crate::pages) async fn versions(
    Extract(state): Extract<State>,
    browser: Browser,
    Path(word): Path<String>,
) -> Result<Response, PageError> {
    let kind = known(&word)?;
    let now = state.app.clock.now();
    let current = documents::current(&state.app, kind).await?.document.version;
    let all = documents::versions(&state.app, kind).await?;
    let page = VersionsPage {
        frame: Frame::new(&state, &browser),
        word: kind.as_str(),
        title: documents::title(kind),
        page: page_of(kind),
        versions: all
            .into_iter()
            .map(|document| VersionLine {
                number: document.version,
                state: if document.version == current {
                    "in force"
                } else if document.effective_at.is_some_and(|from| from > now) {
                    "to come"
                } else {
                    "past"
                },
                from: document.effective_at.map(Moment::day),
            })
            .collect(),
    };
    Ok(Shown::new(&state, &browser, &page).into_response())
}

/// `GET /documents/{kind}/{version}`
pub(in crate::pages) async fn version(
    Extract(state): Extract<State>,
    browser: Browser,
    Path((word, number)): Path<(String, i32)>,
) -> Result<Response, PageError> {
    let kind = known(&word)?;
    let document = documents::version(&state.app, kind, number).await?;
    let page = VersionPage {
        frame: Frame::new(&state, &browser),
        word: kind.as_str(),
        title: documents::title(kind),
        number,
        from: document.effective_at.map(Moment::day),
        text: Html(markdown(&document.text)),
    };
    Ok(Shown::new(&state, &browser, &page).into_response())
}

/// `GET /documents/{kind}/{version}/changes`
pub(in crate::pages) async fn changes(
    Extract(state): Extract<State>,
    browser: Browser,
    Path((word, number)): Path<(String, i32)>,
) -> Result<Response, PageError> {
    let kind = known(&word)?;
    let document = documents::version(&state.app, kind, number).await?;
    let changes = documents::changes(&state.app, kind, number).await?;
    let page = ChangesPage {
        frame: Frame::new(&state, &browser),
        word: kind.as_str(),
        title: documents::title(kind),
        number,
        from: document.effective_at.map(Moment::day),
        changes: changes.into_iter().map(line).collect(),
    };
    Ok(Shown::new(&state, &browser, &page).into_response())
}

fn line(change: Change) -> Line {
    let (kind, text) = match change {
        Change::Same(text) => ("same", text),
        Change::Removed(text) => ("del", text),
        Change::Added(text) => ("ins", text),
    };
    Line { kind, text }
}

/// `GET /terms-of-service/{date}`: where Mastodon shows the version whose first day that was.
pub(in crate::pages) async fn terms_of(
    Extract(state): Extract<State>,
    Path(date): Path<String>,
) -> Result<Response, PageError> {
    let versions = documents::versions(&state.app, DocumentKind::Terms).await?;
    let began = |document: &&Document| {
        document
            .effective_at
            .is_some_and(|at| at.date().to_string() == date)
    };
    let document = versions.iter().find(began).ok_or(PageError::NotFound)?;
    let page = format!("/documents/terms/{}", document.version);
    Ok(Redirect::to(&page).into_response())
}
