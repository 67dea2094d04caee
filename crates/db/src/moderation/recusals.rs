//! Who stands aside.

use model::moderation::{PersonId, ProposalId, report::CaseId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Notes that somebody stands aside from a proposal. Twice is as good as once.
pub async fn insert_recusal_from_proposal(
    connection: &mut PgConnection,
    proposal: ProposalId,
    person: PersonId,
    reason: &str,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO recusals (proposal_id, person_id, reason, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        proposal.get(),
        person.get(),
        reason,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The same from a case, and so from every proposal about it.
pub async fn insert_recusal_from_case(
    connection: &mut PgConnection,
    case: CaseId,
    person: PersonId,
    reason: &str,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO recusals (case_id, person_id, reason, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        case.get(),
        person.get(),
        reason,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Who has declared to stand aside from a proposal, or from a case that it has to do with.
pub async fn recused_from(
    connection: &mut PgConnection,
    proposal: ProposalId,
) -> Result<Vec<PersonId>> {
    let ids = sqlx::query_scalar!(
        "SELECT DISTINCT person_id
           FROM recusals
          WHERE proposal_id = $1 OR case_id IN (SELECT cases_of_proposal($1))",
        proposal.get(),
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(PersonId::new).collect())
}
