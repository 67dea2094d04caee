//! Rules, guidelines, terms of use, privacy policy, landing text, about and contact: what the board has adopted, every
//! version of it, and what differs between them.
//!
//! Until the board has adopted a document, the operator's text stands in for it, and where there is none either, a default
//! that comes with the software and is marked as such. Nobody has decided those.

mod defaults;
mod diff;
mod in_force;
mod tell;

use model::moderation::document::{Document, DocumentKind};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{App, Error, Result};

pub use defaults::default_text;
pub use diff::{Change, diff};
pub use in_force::DocumentsCache;
pub use tell::TellMembers;
pub(crate) use tell::{is_told, tell_members};

/// A document as it is shown now.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The text, and which version it is.
    pub document: Document,
    /// Whose it is.
    pub source: Source,
}

/// Whose text a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The board's.
    Adopted,
    /// The operator's, until the board adopts one.
    Operator,
    /// Nobody's: a default with blanks that came with the software.
    Default,
}

/// What a document is called.
pub const fn title(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Rules => "Rules",
        DocumentKind::Guidelines => "Moderation guidelines",
        DocumentKind::Terms => "Terms of service",
        DocumentKind::Privacy => "Privacy policy",
        DocumentKind::Landing => "Welcome",
        DocumentKind::About => "About",
        DocumentKind::Contact => "Contact",
    }
}

/// The document in force.
pub async fn current(app: &App, kind: DocumentKind) -> Result<Shown> {
    let adopted = in_force::adopted(app).await?;
    Ok(shown(app, kind, adopted.of(kind)))
}

/// All documents in force.
pub async fn all(app: &App) -> Result<Vec<Shown>> {
    let adopted = in_force::adopted(app).await?;
    let each = DocumentKind::ALL.into_iter();
    Ok(each
        .map(|kind| shown(app, kind, adopted.of(kind)))
        .collect())
}

fn shown(app: &App, kind: DocumentKind, adopted: Option<&Document>) -> Shown {
    if let Some(document) = adopted {
        return Shown {
            document: document.clone(),
            source: Source::Adopted,
        };
    }
    let (text, source) = match defaults::operators_text(app, kind) {
        Some(text) => (text, Source::Operator),
        None => (default_text(app, kind), Source::Default),
    };
    Shown {
        document: Document {
            kind,
            version: 0,
            text,
            decision_id: None,
            effective_at: None,
        },
        source,
    }
}

/// The rules, one per item of the document's list; reports cite them by their place in it, from 1.
pub async fn rules(app: &App) -> Result<Vec<String>> {
    let document = current(app, DocumentKind::Rules).await?.document;
    Ok(text::documents::list_items(&document.text))
}

/// What an app is told about the server: its rules, and whether there are terms that somebody has agreed to publish.
#[derive(Clone, Debug)]
pub struct Papers {
    /// The rules, by number from 1.
    pub rules: Vec<String>,
    /// There are terms of service.
    pub has_terms: bool,
}

/// What an app is told about the server.
pub async fn papers(app: &App) -> Result<Papers> {
    let terms = current(app, DocumentKind::Terms).await?;
    Ok(Papers {
        rules: rules(app).await?,
        has_terms: terms.source != Source::Default,
    })
}

/// The version whose day comes next, if one is adopted already.
pub async fn upcoming(app: &App, kind: DocumentKind) -> Result<Option<Document>> {
    let now = app.clock.now();
    Ok(versions(app, kind)
        .await?
        .into_iter()
        .rfind(|document| document.effective_at.is_some_and(|at| at > now)))
}

/// Version of the guidelines that a proposal opened now is decided by; none while the board has adopted none.
pub(crate) async fn guideline_version(
    connection: &mut PgConnection,
    now: OffsetDateTime,
) -> Result<Option<i32>> {
    let kind = DocumentKind::Guidelines;
    let found = db::moderation::document_in_force(connection, kind, now).await?;
    Ok(found.map(|document| document.version))
}

/// Documents of which nobody has written anything yet.
pub async fn unwritten(app: &App) -> Result<Vec<DocumentKind>> {
    Ok(all(app)
        .await?
        .into_iter()
        .filter(|shown| shown.source == Source::Default)
        .map(|shown| shown.document.kind)
        .collect())
}

/// Every adopted version, newest first, those whose day is still to come too.
pub async fn versions(app: &App, kind: DocumentKind) -> Result<Vec<Document>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::moderation::document_versions(&mut connection, kind).await?)
}

/// One adopted version. `NotFound` when there is none of this number.
pub async fn version(app: &App, kind: DocumentKind, number: i32) -> Result<Document> {
    versions(app, kind)
        .await?
        .into_iter()
        .find(|document| document.version == number)
        .ok_or(Error::NotFound)
}

/// What a version changed, line by line: against the one before, or for the first one against nothing.
pub async fn changes(app: &App, kind: DocumentKind, number: i32) -> Result<Vec<Change>> {
    let versions = versions(app, kind).await?;
    let text = |number: i32| {
        versions
            .iter()
            .find(|document| document.version == number)
            .map(|document| document.text.as_str())
    };
    let new = text(number).ok_or(Error::NotFound)?;
    Ok(diff(text(number - 1).unwrap_or_default(), new))
}
