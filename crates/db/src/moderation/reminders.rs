//! What waits for somebody, and when they were last reminded of it.

use model::moderation::{ProposalId, appeal::AppealId, proposal::State, report::CaseId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::rows::inconsistent;
use crate::Result;

/// A case for which nothing is proposed yet.
#[derive(Clone, Copy, Debug)]
pub struct WaitingCase {
    /// Which.
    pub id: CaseId,
    /// Since when it is there.
    pub opened_at: OffsetDateTime,
    /// A moderator has looked at it.
    pub is_seen: bool,
    /// When somebody was last reminded of it.
    pub reminded_at: Option<OffsetDateTime>,
}

/// Open cases for which nothing is proposed yet.
pub async fn waiting_cases(connection: &mut PgConnection) -> Result<Vec<WaitingCase>> {
    let rows = sqlx::query!(
        r#"SELECT c.id, c.opened_at, c.first_seen_at IS NOT NULL AS "is_seen!", c.reminded_at
             FROM cases c
            WHERE c.state = 'open'
              AND NOT EXISTS (
                      SELECT 1 FROM proposals p
                       WHERE p.case_id = c.id AND p.state IN ('open', 'approved', 'provisional', 'failed'))
            ORDER BY c.id"#
    )
    .fetch_all(connection)
    .await?;
    let waiting = rows.into_iter().map(|row| WaitingCase {
        id: CaseId::new(row.id),
        opened_at: row.opened_at,
        is_seen: row.is_seen,
        reminded_at: row.reminded_at,
    });
    Ok(waiting.collect())
}

/// A proposal that waits for votes, or an emergency measure whose posts wait in quarantine for the board.
#[derive(Clone, Copy, Debug)]
pub struct WaitingProposal {
    /// Which.
    pub id: ProposalId,
    /// How far it has come.
    pub state: State,
    /// When it was opened.
    pub opened_at: OffsetDateTime,
    /// When it ends without a decision.
    pub expires_at: OffsetDateTime,
    /// When it was decided.
    pub decided_at: Option<OffsetDateTime>,
    /// Until when an emergency measure has to be ratified.
    pub ratify_by: Option<OffsetDateTime>,
    /// When somebody was last reminded of it.
    pub reminded_at: Option<OffsetDateTime>,
}

/// Proposals that wait for somebody to say something.
pub async fn waiting_proposals(connection: &mut PgConnection) -> Result<Vec<WaitingProposal>> {
    let rows = sqlx::query!(
        "SELECT id, state, opened_at, expires_at, decided_at, ratify_by, reminded_at
           FROM proposals
          WHERE state IN ('open', 'provisional')
             OR (state = 'rolled_back' AND execute_at IS NOT NULL)
          ORDER BY id"
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(WaitingProposal {
                id: ProposalId::new(row.id),
                state: State::from_word(&row.state)
                    .ok_or_else(|| inconsistent("proposals", "state", row.id))?,
                opened_at: row.opened_at,
                expires_at: row.expires_at,
                decided_at: row.decided_at,
                ratify_by: row.ratify_by,
                reminded_at: row.reminded_at,
            })
        })
        .collect()
}

/// An appeal that waits for the moderators.
#[derive(Clone, Copy, Debug)]
pub struct WaitingAppeal {
    /// Which.
    pub id: AppealId,
    /// When it was made.
    pub filed_at: OffsetDateTime,
    /// When moderators were last reminded of it.
    pub nudged_at: Option<OffsetDateTime>,
}

/// Appeals that wait for the moderators.
pub async fn waiting_appeals(connection: &mut PgConnection) -> Result<Vec<WaitingAppeal>> {
    let rows = sqlx::query!(
        "SELECT id, filed_at, nudged_at FROM appeals WHERE stage = 'moderators' ORDER BY id"
    )
    .fetch_all(connection)
    .await?;
    let waiting = rows.into_iter().map(|row| WaitingAppeal {
        id: AppealId::new(row.id),
        filed_at: row.filed_at,
        nudged_at: row.nudged_at,
    });
    Ok(waiting.collect())
}

/// A reminder that is due, and was not given since it is.
#[derive(Clone, Copy, Debug)]
pub struct Reminding {
    /// Since when.
    pub due: OffsetDateTime,
    /// When it is given.
    pub now: OffsetDateTime,
}

/// Notes that somebody is reminded of a case. False when somebody else was quicker.
pub async fn case_was_reminded(
    connection: &mut PgConnection,
    id: CaseId,
    reminding: Reminding,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE cases SET reminded_at = $3
          WHERE id = $1 AND state = 'open' AND (reminded_at IS NULL OR reminded_at < $2)",
        id.get(),
        reminding.due,
        reminding.now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that somebody is reminded of a proposal. False when somebody else was quicker.
pub async fn proposal_was_reminded(
    connection: &mut PgConnection,
    id: ProposalId,
    reminding: Reminding,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE proposals SET reminded_at = $3
          WHERE id = $1 AND (reminded_at IS NULL OR reminded_at < $2)",
        id.get(),
        reminding.due,
        reminding.now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that moderators are reminded of an appeal. False when somebody else was quicker.
pub async fn appeal_was_nudged(
    connection: &mut PgConnection,
    id: AppealId,
    reminding: Reminding,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE appeals SET nudged_at = $3
          WHERE id = $1 AND stage = 'moderators' AND (nudged_at IS NULL OR nudged_at < $2)",
        id.get(),
        reminding.due,
        reminding.now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}
