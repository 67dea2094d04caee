//! What moderators say to each other about a proposal.

use model::moderation::{PersonId, ProposalId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// A comment.
#[derive(Clone, Debug)]
pub struct CommentRow {
    /// Who; this server when `None`.
    pub person: Option<PersonId>,
    /// Plain text.
    pub text: String,
    /// When.
    pub at: OffsetDateTime,
}

/// Writes one down.
pub async fn insert_comment(
    connection: &mut PgConnection,
    proposal: ProposalId,
    comment: &CommentRow,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO proposal_comments (id, proposal_id, person_id, text, at)
              VALUES (snowflake($4), $1, $2, $3, $4)",
        proposal.get(),
        comment.person.map(PersonId::get),
        comment.text,
        comment.at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Comments on a proposal, oldest first.
pub async fn comments_on(
    connection: &mut PgConnection,
    proposal: ProposalId,
) -> Result<Vec<CommentRow>> {
    let rows = sqlx::query!(
        "SELECT person_id, text, at FROM proposal_comments WHERE proposal_id = $1 ORDER BY id LIMIT 1000",
        proposal.get(),
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| CommentRow {
            person: row.person_id.map(PersonId::new),
            text: row.text,
            at: row.at,
        })
        .collect())
}
