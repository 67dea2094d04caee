//! Documents: every version, what differs between them, and writing the next one.

use askama::Template;
use axum::{
    extract::{Path, State as Extract},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use model::moderation::{board::DecisionKind, document::DocumentKind};
use serde_json::{Map, json};
use service::moderation::board::documents::{self, Change, Source};
use text::documents::markdown;

use super::record::{Outcome, record, today};
use crate::{
    State,
    pages::{
        Frame, PageError, Shown,
        cards::Moment,
        console::{Part, Room, board_member},
        fields::Fields,
        html::Html,
    },
    session::{Browser, Form},
};

const PAGE: &str = "/board/documents";

#[derive(Template)]
#[template(path = "board/documents.html")]
struct DocumentsPage {
    frame: Frame,
    part: Part,
    lines: Vec<DocumentLine>,
    /// Nobody has written these yet.
    defaults: usize,
}

struct DocumentLine {
    word: &'static str,
    title: &'static str,
    source: &'static str,
    badge: &'static str,
    version: i32,
    since: Option<Moment>,
}

/// `GET /board/documents`
pub(in crate::pages) async fn list(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    let room = board_member(&state, &browser, PAGE).await?;
    let all = documents::all(&state.app).await?;
    let page = DocumentsPage {
        frame: Frame::new(&state, &browser),
        part: Part::Documents,
        defaults: all
            .iter()
            .filter(|shown| shown.source == Source::Default)
            .count(),
        lines: all
            .into_iter()
            .map(|shown| {
                let (source, badge) = source_words(shown.source);
                DocumentLine {
                    word: shown.document.kind.as_str(),
                    title: documents::title(shown.document.kind),
                    source,
                    badge,
                    version: shown.document.version,
                    since: shown.document.effective_at.map(Moment::day),
                }
            })
            .collect(),
    };
    Ok(room.shown(&page).into_response())
}

fn source_words(source: Source) -> (&'static str, &'static str) {
    match source {
        Source::Adopted => ("adopted by the board", "done"),
        Source::Operator => ("written by the operator, not adopted", "warn"),
        Source::Default => ("a default with blanks, not adopted", "urgent"),
    }
}

#[derive(Template)]
#[template(path = "board/document.html")]
struct DocumentPage {
    frame: Frame,
    part: Part,
    word: &'static str,
    title: &'static str,
    source: &'static str,
    badge: &'static str,
    text: Html,
    versions: Vec<VersionPart>,
}

struct VersionPart {
    number: i32,
    from: Option<Moment>,
    decision: Option<String>,
    is_coming: bool,
    changes: Vec<Line>,
}

/// A line of a difference.
struct Line {
    kind: &'static str,
    text: String,
}

/// `GET /board/documents/{kind}`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Path(kind): Path<String>,
) -> Result<Response, PageError> {
    let room = board_member(&state, &browser, PAGE).await?;
    let kind = DocumentKind::from_word(&kind).ok_or(PageError::NotFound)?;
    let shown = documents::current(&state.app, kind).await?;
    let (source, badge) = source_words(shown.source);
    let now = state.app.clock.now();
    let mut versions = Vec::new();
    for version in documents::versions(&state.app, kind).await? {
        let changes = documents::changes(&state.app, kind, version.version).await?;
        versions.push(VersionPart {
            number: version.version,
            from: version.effective_at.map(Moment::day),
            decision: version.decision_id.map(|id| id.to_string()),
            is_coming: version.effective_at.is_some_and(|from| from > now),
            changes: lines(&changes),
        });
    }
    let page = DocumentPage {
        frame: Frame::new(&state, &browser),
        part: Part::Documents,
        word: kind.as_str(),
        title: documents::title(kind),
        source,
        badge,
        text: Html(markdown(&shown.document.text)),
        versions,
    };
    Ok(room.shown(&page).into_response())
}

/// The lines that differ, with what is around them left out but for a mark.
fn lines(changes: &[Change]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for change in changes {
        let (kind, text) = match change {
            Change::Added(text) => ("ins", text.clone()),
            Change::Removed(text) => ("del", text.clone()),
            Change::Same(_) if lines.last().is_some_and(|line| line.kind == "same") => continue,
            Change::Same(_) => ("same", "…".to_owned()),
        };
        lines.push(Line { kind, text });
    }
    lines
}

#[derive(Template)]
#[template(path = "board/edit_document.html")]
struct EditPage<'a> {
    frame: Frame,
    part: Part,
    form_token: String,
    word: &'static str,
    title: &'static str,
    problems: Vec<String>,
    needs_proof: bool,
    today: String,
    document: String,
    blanks: usize,
    preview: Option<Html>,
    changes: Vec<Line>,
    filled: &'a Fields,
}

/// `GET /board/documents/{kind}/edit`
pub(in crate::pages) async fn edit(
    Extract(state): Extract<State>,
    browser: Browser,
    Path(kind): Path<String>,
) -> Result<Response, PageError> {
    let room = board_member(&state, &browser, PAGE).await?;
    let kind = DocumentKind::from_word(&kind).ok_or(PageError::NotFound)?;
    let text = documents::current(&state.app, kind).await?.document.text;
    let filled = Fields::default().with("document", text);
    Ok(page(&room, kind, &filled, Vec::new())
        .await?
        .into_response())
}

/// `POST /board/documents/{kind}/edit`: a preview, or the record of its adoption.
pub(in crate::pages) async fn submit(
    Extract(state): Extract<State>,
    Path(kind): Path<String>,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let room = board_member(&state, &browser, PAGE).await?;
    let kind = DocumentKind::from_word(&kind).ok_or(PageError::NotFound)?;
    if fields.is("then", "preview") {
        return Ok(page(&room, kind, &fields, Vec::new())
            .await?
            .into_response());
    }
    let mut params = Map::new();
    params.insert("kind".to_owned(), json!(kind.as_str()));
    params.insert("text".to_owned(), json!(fields.raw("document")));
    if fields.has("effective_on") {
        params.insert("effective_on".to_owned(), json!(fields.get("effective_on")));
    }
    let here = format!("{PAGE}/{}/edit", kind.as_str());
    let adopt = DecisionKind::AdoptDocument;
    match record(&room, &here, adopt, params.into(), &fields).await? {
        Outcome::Answered(answer) => Ok(answer),
        Outcome::Refused(problems) => {
            let shown = page(&room, kind, &fields, problems).await?;
            Ok(shown
                .status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response())
        }
    }
}

async fn page(
    room: &Room<'_>,
    kind: DocumentKind,
    filled: &Fields,
    problems: Vec<String>,
) -> Result<Shown, PageError> {
    let current = documents::current(&room.state.app, kind).await?;
    let document = filled.raw("document").replace("\r\n", "\n");
    let is_preview = filled.is("then", "preview");
    let page = EditPage {
        frame: Frame::new(room.state, room.browser),
        part: Part::Documents,
        form_token: room.form_token(),
        word: kind.as_str(),
        title: documents::title(kind),
        problems,
        needs_proof: room.needs_proof().await?,
        today: today(room.state),
        blanks: document.matches("[fill in").count(),
        preview: is_preview.then(|| Html(markdown(&document))),
        changes: if is_preview {
            lines(&documents::diff(&current.document.text, &document))
        } else {
            Vec::new()
        },
        document,
        filled,
    };
    Ok(room.shown(&page))
}
