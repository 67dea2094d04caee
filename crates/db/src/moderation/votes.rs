//! Answers to proposals.

use model::moderation::{
    Answer, PersonId, ProposalId, Vote,
    board::DecisionId,
    vote::{AuthMethod, Digest},
};
use sqlx::PgConnection;

use super::rows::inconsistent;
use crate::Result;

/// Every answer to every revision of a proposal, oldest first.
pub async fn votes_on(connection: &mut PgConnection, proposal: ProposalId) -> Result<Vec<Vote>> {
    let rows = sqlx::query!(
        "SELECT id, revision, seat_no, person_id, answer, digest, auth_method, comment, at
           FROM votes
          WHERE proposal_id = $1
          ORDER BY id",
        proposal.get(),
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let wrong = |column| inconsistent("votes", column, row.id);
            Ok(Vote {
                revision: row.revision,
                seat: row.seat_no,
                person: PersonId::new(row.person_id),
                answer: Answer::from_word(&row.answer).ok_or_else(|| wrong("answer"))?,
                digest: Digest::try_from(row.digest.as_slice()).map_err(|_| wrong("digest"))?,
                method: AuthMethod::from_word(&row.auth_method)
                    .ok_or_else(|| wrong("auth_method"))?,
                comment: row.comment,
                at: row.at,
            })
        })
        .collect()
}

/// Writes an answer down; an earlier one of the same person to the same revision is replaced.
pub async fn insert_vote(
    connection: &mut PgConnection,
    proposal: ProposalId,
    vote: &Vote,
    decision: Option<DecisionId>,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO votes (id, proposal_id, revision, seat_no, person_id, answer, digest, auth_method, comment,
                            decision_id, at)
              VALUES (snowflake($9), $1, $2, $3, $4, $5, $6, $7, $8, $10, $9)
         ON CONFLICT ON CONSTRAINT votes_person_key
           DO UPDATE SET seat_no = excluded.seat_no, answer = excluded.answer, digest = excluded.digest,
                         auth_method = excluded.auth_method, comment = excluded.comment,
                         decision_id = excluded.decision_id, at = excluded.at",
        proposal.get(),
        vote.revision,
        vote.seat,
        vote.person.get(),
        vote.answer.as_str(),
        &vote.digest,
        vote.method.as_str(),
        vote.comment,
        vote.at,
        decision.map(DecisionId::get),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Drops what somebody has answered to a proposal.
pub async fn remove_votes_of(
    connection: &mut PgConnection,
    proposal: ProposalId,
    person: PersonId,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM votes WHERE proposal_id = $1 AND person_id = $2",
        proposal.get(),
        person.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}
