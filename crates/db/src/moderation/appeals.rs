//! Appeals against decisions.

use model::{
    AccountId, StatusId,
    moderation::{
        PersonId, ProposalId, SeatNo, Warrant,
        appeal::{Appeal, AppealAnswer, AppealId, AppealVote, Stage, Strike, StrikeId},
        board::DecisionId,
        vote::AuthMethod,
    },
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::rows::inconsistent;
use crate::{Error, Result, error::OnConstraint};

struct StrikeRow {
    id: i64,
    account_id: i64,
    proposal_id: i64,
    action: String,
    text: String,
    status_ids: Vec<i64>,
    rule_ids: Vec<i32>,
    log_seq: i64,
    appealable_until: OffsetDateTime,
    created_at: OffsetDateTime,
    overruled_at: Option<OffsetDateTime>,
}

impl From<StrikeRow> for Strike {
    fn from(row: StrikeRow) -> Self {
        Self {
            id: StrikeId::new(row.id),
            account_id: AccountId::new(row.account_id),
            proposal_id: ProposalId::new(row.proposal_id),
            action: row.action,
            text: row.text,
            status_ids: row.status_ids.into_iter().map(StatusId::new).collect(),
            rule_ids: row.rule_ids,
            log_seq: row.log_seq,
            appealable_until: row.appealable_until,
            created_at: row.created_at,
            overruled_at: row.overruled_at,
        }
    }
}

/// A decision about a member, by id.
pub async fn strike_by_id(connection: &mut PgConnection, id: StrikeId) -> Result<Option<Strike>> {
    let row = sqlx::query_as!(
        StrikeRow,
        "SELECT id, account_id, proposal_id, action, text, status_ids, rule_ids, log_seq, appealable_until, created_at,
                overruled_at
           FROM strikes
          WHERE id = $1",
        id.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(Strike::from))
}

/// Decisions about a member, newest first.
pub async fn strikes_about(
    connection: &mut PgConnection,
    account: AccountId,
) -> Result<Vec<Strike>> {
    let rows = sqlx::query_as!(
        StrikeRow,
        "SELECT id, account_id, proposal_id, action, text, status_ids, rule_ids, log_seq, appealable_until, created_at,
                overruled_at
           FROM strikes
          WHERE account_id = $1
          ORDER BY id DESC
          LIMIT 200",
        account.get(),
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(Strike::from).collect())
}

/// Who stands behind a decision: whose approvals of it counted, the moderator who took it in an emergency among them.
pub async fn approvers_of(
    connection: &mut PgConnection,
    proposal: ProposalId,
) -> Result<Vec<PersonId>> {
    let ids = sqlx::query_scalar!(
        r#"SELECT v.person_id AS "id!"
             FROM votes v
             JOIN proposals p ON p.id = v.proposal_id AND p.revision = v.revision AND p.digest = v.digest
            WHERE p.id = $1 AND v.answer = 'approve'
              AND NOT EXISTS (
                      SELECT 1 FROM recusals r
                       WHERE r.proposal_id = $1 AND r.person_id = v.person_id)
            UNION
           SELECT proposer_id
             FROM proposals
            WHERE id = $1 AND emergency AND proposer_id IS NOT NULL
            ORDER BY 1"#,
        proposal.get(),
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(PersonId::new).collect())
}

struct AppealRow {
    id: i64,
    strike_id: i64,
    account_id: i64,
    text: String,
    stage: String,
    question: Option<String>,
    answer: Option<String>,
    filed_at: OffsetDateTime,
    due_at: Option<OffsetDateTime>,
    decided_at: Option<OffsetDateTime>,
    decision_id: Option<i64>,
}

impl TryFrom<AppealRow> for Appeal {
    type Error = Error;

    fn try_from(row: AppealRow) -> Result<Self> {
        Ok(Self {
            id: AppealId::new(row.id),
            strike_id: StrikeId::new(row.strike_id),
            account_id: AccountId::new(row.account_id),
            text: row.text,
            stage: Stage::from_word(&row.stage)
                .ok_or_else(|| inconsistent("appeals", "stage", row.id))?,
            question: row.question,
            answer: row.answer,
            filed_at: row.filed_at,
            due_at: row.due_at,
            decided_at: row.decided_at,
            decision_id: row.decision_id.map(DecisionId::new),
        })
    }
}

/// Writes an appeal down. `Constraint("appeals_strike_key")` when there is one against this decision already.
pub async fn insert_appeal(
    connection: &mut PgConnection,
    strike: &Strike,
    text: &str,
    due_at: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<AppealId> {
    let id = sqlx::query_scalar!(
        "INSERT INTO appeals (id, strike_id, account_id, text, stage, filed_at, due_at)
              VALUES (snowflake($4), $1, $2, $3, 'moderators', $4, $5)
           RETURNING id",
        strike.id.get(),
        strike.account_id.get(),
        text,
        now,
        due_at,
    )
    .fetch_one(connection)
    .await
    .on_constraint("appeals_strike_key")?;
    Ok(AppealId::new(id))
}

/// An appeal.
pub async fn find_appeal(connection: &mut PgConnection, id: AppealId) -> Result<Option<Appeal>> {
    sqlx::query_as!(
        AppealRow,
        "SELECT id, strike_id, account_id, text, stage, question, answer, filed_at, due_at, decided_at, decision_id
           FROM appeals
          WHERE id = $1",
        id.get(),
    )
    .fetch_optional(connection)
    .await?
    .map(Appeal::try_from)
    .transpose()
}

/// Appeals that are still to be decided, oldest first.
pub async fn open_appeals(connection: &mut PgConnection) -> Result<Vec<Appeal>> {
    sqlx::query_as!(
        AppealRow,
        "SELECT id, strike_id, account_id, text, stage, question, answer, filed_at, due_at, decided_at, decision_id
           FROM appeals
          WHERE stage IN ('moderators', 'board')
          ORDER BY id
          LIMIT 500"
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Appeal::try_from)
    .collect()
}

/// Appeals that were decided, newest first, older than one of them.
pub async fn decided_appeals(
    connection: &mut PgConnection,
    before: Option<AppealId>,
    limit: i64,
) -> Result<Vec<Appeal>> {
    sqlx::query_as!(
        AppealRow,
        "SELECT id, strike_id, account_id, text, stage, question, answer, filed_at, due_at, decided_at, decision_id
           FROM appeals
          WHERE stage IN ('overturned', 'upheld') AND ($1::bigint IS NULL OR id < $1)
          ORDER BY id DESC
          LIMIT $2",
        before.map(AppealId::get),
        limit,
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Appeal::try_from)
    .collect()
}

/// Appeals against these decisions.
pub async fn appeals_against(
    connection: &mut PgConnection,
    strikes: &[StrikeId],
) -> Result<Vec<Appeal>> {
    let strikes: Vec<i64> = strikes.iter().map(|id| id.get()).collect();
    sqlx::query_as!(
        AppealRow,
        "SELECT id, strike_id, account_id, text, stage, question, answer, filed_at, due_at, decided_at, decision_id
           FROM appeals
          WHERE strike_id = ANY ($1)",
        &strikes,
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Appeal::try_from)
    .collect()
}

/// Writes down what a moderator wants to know. False when one has asked before.
pub async fn set_appeal_question(
    connection: &mut PgConnection,
    id: AppealId,
    question: &str,
    by: PersonId,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE appeals SET question = $2, asked_by = $3 WHERE id = $1 AND question IS NULL",
        id.get(),
        question,
        by.get(),
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes down what the member answers. False when nothing was asked, or it is answered.
pub async fn set_appeal_answer(
    connection: &mut PgConnection,
    id: AppealId,
    answer: &str,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE appeals SET answer = $2 WHERE id = $1 AND question IS NOT NULL AND answer IS NULL",
        id.get(),
        answer,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A moderator's answer with everything beside it.
#[derive(Clone, Debug)]
pub struct AppealVoteRow {
    /// Who answers what.
    pub vote: AppealVote,
    /// Why.
    pub comment: String,
    /// When.
    pub at: OffsetDateTime,
}

/// Takes a moderator's answer; a later one replaces it.
pub async fn insert_appeal_vote(
    connection: &mut PgConnection,
    id: AppealId,
    vote: &AppealVoteRow,
    method: AuthMethod,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO appeal_votes (appeal_id, seat_no, person_id, answer, comment, auth_method, at)
              VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (appeal_id, person_id) DO UPDATE
                 SET seat_no = $2, answer = $4, comment = $5, auth_method = $6, at = $7",
        id.get(),
        vote.vote.seat,
        vote.vote.person.get(),
        vote.vote.answer.as_str(),
        vote.comment,
        method.as_str(),
        vote.at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What moderators have answered.
pub async fn appeal_votes(
    connection: &mut PgConnection,
    id: AppealId,
) -> Result<Vec<AppealVoteRow>> {
    let rows = sqlx::query!(
        "SELECT seat_no, person_id, answer, comment, at FROM appeal_votes WHERE appeal_id = $1 ORDER BY at",
        id.get(),
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let seat: SeatNo = row.seat_no;
            Ok(AppealVoteRow {
                vote: AppealVote {
                    seat,
                    person: PersonId::new(row.person_id),
                    answer: AppealAnswer::from_word(&row.answer)
                        .ok_or_else(|| inconsistent("appeal_votes", "answer", id))?,
                },
                comment: row.comment,
                at: row.at,
            })
        })
        .collect()
}

/// An appeal goes on to the board.
pub async fn appeal_to_board(
    connection: &mut PgConnection,
    id: AppealId,
    due_at: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE appeals SET stage = 'board', due_at = $2, reminded_at = NULL WHERE id = $1 AND stage = 'moderators'",
        id.get(),
        due_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that the board was reminded. False when it was before.
pub async fn appeal_was_reminded(
    connection: &mut PgConnection,
    id: AppealId,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE appeals SET reminded_at = $2 WHERE id = $1 AND reminded_at IS NULL",
        id.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The end of an appeal.
struct AppealEnd {
    stage: Stage,
    decision: Option<DecisionId>,
}

/// A decision was wrong. The warrant is the leave to say so.
pub async fn appeal_overturned(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    id: AppealId,
    decision: Option<DecisionId>,
    now: OffsetDateTime,
) -> Result<()> {
    let end = AppealEnd {
        stage: Stage::Overturned,
        decision,
    };
    end_appeal(connection, id, end, now).await
}

/// A decision stands.
pub async fn appeal_upheld(
    connection: &mut PgConnection,
    id: AppealId,
    decision: Option<DecisionId>,
    now: OffsetDateTime,
) -> Result<()> {
    let end = AppealEnd {
        stage: Stage::Upheld,
        decision,
    };
    end_appeal(connection, id, end, now).await
}

async fn end_appeal(
    connection: &mut PgConnection,
    id: AppealId,
    end: AppealEnd,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE appeals SET stage = $2, decision_id = $3, decided_at = $4, due_at = NULL WHERE id = $1",
        id.get(),
        end.stage.as_str(),
        end.decision.map(DecisionId::get),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}
