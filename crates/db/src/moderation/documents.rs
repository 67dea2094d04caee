//! Documents that the board has adopted: every version stays.

use model::moderation::{
    Warrant,
    board::DecisionId,
    document::{Document, DocumentKind},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::rows::inconsistent;
use crate::{Error, Result};

struct DocumentRow {
    kind: String,
    version: i32,
    text: String,
    decision_id: i64,
    effective_at: OffsetDateTime,
}

impl TryFrom<DocumentRow> for Document {
    type Error = Error;

    fn try_from(row: DocumentRow) -> Result<Self> {
        let kind = DocumentKind::from_word(&row.kind)
            .ok_or_else(|| inconsistent("documents", "kind", &row.kind))?;
        Ok(Self {
            kind,
            version: row.version,
            text: row.text,
            decision_id: Some(row.decision_id.into()),
            effective_at: Some(row.effective_at),
        })
    }
}

/// A version that is adopted.
#[derive(Clone, Copy, Debug)]
pub struct NewVersion<'a> {
    /// Which document.
    pub kind: DocumentKind,
    /// Counts versions, from 1.
    pub version: i32,
    /// Markdown.
    pub text: &'a str,
    /// SHA-256 of the text.
    pub digest: &'a [u8],
    /// By which decision.
    pub decision: DecisionId,
    /// From when it is in force.
    pub effective_at: OffsetDateTime,
}

/// Keeps a version.
pub async fn insert_document(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    new: &NewVersion<'_>,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO documents (kind, version, text, digest, decision_id, adopted_at, effective_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7)",
        new.kind.as_str(),
        new.version,
        new.text,
        new.digest,
        new.decision.get(),
        now,
        new.effective_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The newest version's number; 0 when none was adopted.
pub async fn newest_version(connection: &mut PgConnection, kind: DocumentKind) -> Result<i32> {
    let version = sqlx::query_scalar!(
        r#"SELECT coalesce(max(version), 0) AS "version!" FROM documents WHERE kind = $1"#,
        kind.as_str(),
    )
    .fetch_one(connection)
    .await?;
    Ok(version)
}

/// Of every kind, the version that is in force at a moment: the newest whose day has come.
pub async fn documents_in_force(
    connection: &mut PgConnection,
    at: OffsetDateTime,
) -> Result<Vec<Document>> {
    let rows = sqlx::query_as!(
        DocumentRow,
        "SELECT DISTINCT ON (kind) kind, version, text, decision_id, effective_at
           FROM documents
          WHERE effective_at <= $1
          ORDER BY kind, version DESC",
        at,
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Document::try_from).collect()
}

/// The version of one document that is in force at a moment.
pub async fn document_in_force(
    connection: &mut PgConnection,
    kind: DocumentKind,
    at: OffsetDateTime,
) -> Result<Option<Document>> {
    let row = sqlx::query_as!(
        DocumentRow,
        "SELECT kind, version, text, decision_id, effective_at
           FROM documents
          WHERE kind = $1 AND effective_at <= $2
          ORDER BY version DESC
          LIMIT 1",
        kind.as_str(),
        at,
    )
    .fetch_optional(connection)
    .await?;
    row.map(Document::try_from).transpose()
}

/// Every version of a document, newest first.
pub async fn document_versions(
    connection: &mut PgConnection,
    kind: DocumentKind,
) -> Result<Vec<Document>> {
    let rows = sqlx::query_as!(
        DocumentRow,
        "SELECT kind, version, text, decision_id, effective_at
           FROM documents
          WHERE kind = $1
          ORDER BY version DESC",
        kind.as_str(),
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Document::try_from).collect()
}

/// The text that a decision which is not carried out yet wants to adopt is in its parameters; this notes that members
/// were told of the version that came of it.
pub async fn members_were_told(
    connection: &mut PgConnection,
    kind: DocumentKind,
    version: i32,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE documents SET told_at = $3 WHERE kind = $1 AND version = $2 AND told_at IS NULL",
        kind.as_str(),
        version,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Members who are told of a new version: those who can sign in, by id, after one.
pub async fn members_to_tell(
    connection: &mut PgConnection,
    after: Option<model::AccountId>,
    limit: i64,
) -> Result<Vec<model::AccountId>> {
    let ids = sqlx::query_scalar!(
        "SELECT m.account_id
           FROM members m
           JOIN accounts a ON a.id = m.account_id
          WHERE m.account_id > coalesce($1, 0::bigint)
            AND m.confirmed_at IS NOT NULL
            AND m.approved_at IS NOT NULL
            AND m.left_at IS NULL
            AND a.suspended_at IS NULL
          ORDER BY m.account_id
          LIMIT $2",
        after.map(model::AccountId::get),
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(model::AccountId::new).collect())
}

/// When the next version's day comes, after a moment.
pub async fn next_effective_at(
    connection: &mut PgConnection,
    after: OffsetDateTime,
) -> Result<Option<OffsetDateTime>> {
    let next = sqlx::query_scalar!(
        "SELECT min(effective_at) FROM documents WHERE effective_at > $1",
        after,
    )
    .fetch_one(connection)
    .await?;
    Ok(next)
}
