//! How this server is governed, for everybody: no token is needed, and anybody may keep the answer for a while.

use axum::extract::State as Extract;
use http::{HeaderValue, header};
use mastodon::moot::{BoardMember, Governance};
use model::moderation::document::{Document, DocumentKind};
use serde::Serialize;
use serde_json::Value;
use service::moderation::board::{self, documents, seats};

use crate::{
    State,
    client_api::answer,
    error::{Answer, ApiError},
    extract::{PathText, PathTexts},
    render::Renderer,
};

/// `GET /api/moot/v1/governance`
pub(super) async fn show(Extract(state): Extract<State>) -> Answer {
    let app = &state.app;
    let governance = board::current_governance(app).await?;
    let seats = seats::seats(app).await?;
    let board = seats::board(app).await?;
    let shown = documents::all(app).await?;
    let renderer = &state.renderer;
    let in_force: Vec<&Document> = shown.iter().map(|shown| &shown.document).collect();
    let guidelines = in_force
        .iter()
        .find(|document| document.kind == DocumentKind::Guidelines && document.version > 0);
    for_everybody(&Governance {
        seats: seats.iter().map(Renderer::held_seat).collect(),
        board: board
            .into_iter()
            .map(|member| BoardMember {
                name: member.person.name,
                handle: member.person.handle,
            })
            .collect(),
        threshold: governance.threshold,
        settings: serde_json::to_value(&governance).unwrap_or(Value::Null),
        guidelines: guidelines.map(|document| renderer.in_force(document)),
        documents: in_force
            .iter()
            .map(|document| renderer.in_force(document))
            .collect(),
    })
}

/// `GET /api/moot/v1/documents`
pub(super) async fn list(Extract(state): Extract<State>) -> Answer {
    let shown = documents::all(&state.app).await?;
    let entities: Vec<_> = shown
        .iter()
        .map(|shown| state.renderer.in_force(&shown.document))
        .collect();
    for_everybody(&entities)
}

/// `GET /api/moot/v1/documents/:kind`
///
/// Every adopted version, newest first, those whose day is still to come too.
pub(super) async fn versions(Extract(state): Extract<State>, PathText(kind): PathText) -> Answer {
    let versions = documents::versions(&state.app, read(&kind)?).await?;
    let entities: Vec<_> = versions
        .iter()
        .map(|document| state.renderer.in_force(document))
        .collect();
    for_everybody(&entities)
}

/// `GET /api/moot/v1/documents/:kind/:version`
///
/// Version 0 is the text that nobody has adopted, where one stands in.
pub(super) async fn version(
    Extract(state): Extract<State>,
    PathTexts([kind, version]): PathTexts<2>,
) -> Answer {
    let kind = read(&kind)?;
    let version: i32 = version.parse().map_err(|_| ApiError::NotFound)?;
    let document = if version == 0 {
        let current = documents::current(&state.app, kind).await?.document;
        Some(current).filter(|document| document.version == 0)
    } else {
        Some(documents::version(&state.app, kind, version).await?)
    };
    for_everybody(&Renderer::document(&document.ok_or(ApiError::NotFound)?))
}

fn read(kind: &str) -> Result<DocumentKind, ApiError> {
    DocumentKind::from_word(kind).ok_or(ApiError::NotFound)
}

/// The same for all, for a minute.
pub(super) fn for_everybody<T: Serialize>(entity: &T) -> Answer {
    let mut response = answer(entity)?;
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=60"),
    );
    Ok(response)
}
