//! Several proposals.

use model::moderation::{Proposal, ProposalId, Target, proposal::State, report::CaseId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{proposals::words, rows::ProposalRow};
use crate::Result;

/// Several proposals, oldest first.
pub(super) async fn proposals_by_ids(
    connection: &mut PgConnection,
    ids: &[i64],
) -> Result<Vec<Proposal>> {
    let rows = sqlx::query_file_as!(ProposalRow, "queries/moderation/proposals.sql", ids)
        .fetch_all(connection)
        .await?;
    rows.into_iter().map(Proposal::try_from).collect()
}

/// Proposals that something will still become of, oldest first.
pub async fn pending_proposals(connection: &mut PgConnection, limit: i64) -> Result<Vec<Proposal>> {
    let ids = sqlx::query_scalar!(
        "SELECT id FROM proposals
          WHERE state IN ('open', 'approved', 'provisional', 'failed')
          ORDER BY state <> 'provisional', id
          LIMIT $1",
        limit,
    )
    .fetch_all(&mut *connection)
    .await?;
    proposals_by_ids(connection, &ids).await
}

/// Proposals in these states, newest first, older than one of them.
pub async fn list_proposals(
    connection: &mut PgConnection,
    states: &[State],
    before: Option<ProposalId>,
    limit: i64,
) -> Result<Vec<Proposal>> {
    let ids = sqlx::query_scalar!(
        "SELECT id FROM proposals
          WHERE state = ANY ($1) AND ($2::bigint IS NULL OR id < $2)
          ORDER BY id DESC
          LIMIT $3",
        &words(states),
        before.map(ProposalId::get),
        limit,
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut found = proposals_by_ids(connection, &ids).await?;
    found.reverse();
    Ok(found)
}

/// Proposals about a thing that something will still become of, oldest first.
pub async fn pending_about(
    connection: &mut PgConnection,
    target: &Target,
) -> Result<Vec<Proposal>> {
    let ids = sqlx::query_scalar!(
        "SELECT p.id
           FROM proposals p
           JOIN proposal_targets t ON t.proposal_id = p.id
          WHERE t.target_type = $1 AND t.target_key = $2
            AND p.state IN ('open', 'approved', 'provisional', 'failed')
          ORDER BY p.id",
        target.type_word(),
        target.key(),
    )
    .fetch_all(&mut *connection)
    .await?;
    proposals_by_ids(connection, &ids).await
}

/// Every proposal about a case, oldest first.
pub async fn proposals_about_case(
    connection: &mut PgConnection,
    case: CaseId,
) -> Result<Vec<Proposal>> {
    let ids = sqlx::query_scalar!(
        "SELECT id FROM proposals WHERE case_id = $1 ORDER BY id",
        case.get(),
    )
    .fetch_all(&mut *connection)
    .await?;
    proposals_by_ids(connection, &ids).await
}

/// Proposals for which a time has come: to expire, to be executed after cooling off, to be rolled back, to be tried again.
pub async fn due_proposals(
    connection: &mut PgConnection,
    now: OffsetDateTime,
) -> Result<Vec<ProposalId>> {
    let ids = sqlx::query_scalar!(
        "SELECT id FROM proposals
          WHERE (state = 'open' AND expires_at <= $1)
             OR (state = 'approved' AND execute_at <= $1)
             OR (state = 'provisional' AND ratify_by <= $1)
             OR (state = 'rolled_back' AND execute_at <= $1)
          ORDER BY id
          LIMIT 500",
        now,
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(ProposalId::new).collect())
}
