//! What is proposed and not decided yet, for lists of what it is about.

use model::moderation::{Kind, Proposal};
use sqlx::PgConnection;

use crate::{Result, moderation::proposals_lists::proposals_by_ids};

/// Proposals about things of one type among these, that something will still become of; oldest first.
pub async fn pending_among(
    connection: &mut PgConnection,
    target_type: &str,
    keys: &[String],
) -> Result<Vec<Proposal>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let ids = sqlx::query_scalar!(
        "SELECT DISTINCT p.id
           FROM proposals p
           JOIN proposal_targets t ON t.proposal_id = p.id
          WHERE t.target_type = $1 AND t.target_key = ANY ($2)
            AND p.state IN ('open', 'approved', 'provisional', 'failed')
          ORDER BY p.id",
        target_type,
        keys,
    )
    .fetch_all(&mut *connection)
    .await?;
    proposals_by_ids(connection, &ids).await
}

/// Proposals of one kind that something will still become of, oldest first.
pub async fn pending_of_kind(connection: &mut PgConnection, kind: Kind) -> Result<Vec<Proposal>> {
    let ids = sqlx::query_scalar!(
        "SELECT id
           FROM proposals
          WHERE kind = $1 AND state IN ('open', 'approved', 'provisional', 'failed')
          ORDER BY id
          LIMIT 200",
        kind.as_str(),
    )
    .fetch_all(&mut *connection)
    .await?;
    proposals_by_ids(connection, &ids).await
}
