//! What the board decides, and who confirmed it.

use model::moderation::{
    PersonId, Warrant,
    board::{Confirmation, Decision, DecisionId, DecisionKind, DecisionState},
    vote::{AuthMethod, Digest},
};
use serde_json::Value;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::rows::inconsistent;
use crate::{Error, Result};

struct DecisionRow {
    id: i64,
    kind: String,
    params: Value,
    text: String,
    minutes_url: Option<String>,
    decided_on: Date,
    digest: Vec<u8>,
    state: String,
    recorded_by: i64,
    recorded_at: OffsetDateTime,
    confirmed_at: Option<OffsetDateTime>,
}

impl TryFrom<DecisionRow> for Decision {
    type Error = Error;

    fn try_from(row: DecisionRow) -> Result<Self> {
        let wrong = |column| inconsistent("board_decisions", column, row.id);
        Ok(Self {
            id: row.id.into(),
            kind: DecisionKind::from_word(&row.kind).ok_or_else(|| wrong("kind"))?,
            digest: Digest::try_from(row.digest.as_slice()).map_err(|_| wrong("digest"))?,
            state: DecisionState::from_word(&row.state).ok_or_else(|| wrong("state"))?,
            params: row.params,
            text: row.text,
            minutes_url: row.minutes_url,
            decided_on: row.decided_on,
            recorded_by: row.recorded_by.into(),
            recorded_at: row.recorded_at,
            confirmed_at: row.confirmed_at,
        })
    }
}

/// An id for a decision that is about to be recorded: its digest names it.
pub async fn new_decision_id(
    connection: &mut PgConnection,
    now: OffsetDateTime,
) -> Result<DecisionId> {
    let id = sqlx::query_scalar!(r#"SELECT snowflake($1) AS "id!""#, now)
        .fetch_one(connection)
        .await?;
    Ok(id.into())
}

/// Writes a decision down.
pub async fn insert_decision(connection: &mut PgConnection, decision: &Decision) -> Result<()> {
    sqlx::query!(
        "INSERT INTO board_decisions
             (id, kind, params, text, minutes_url, decided_on, digest, state, recorded_by, recorded_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        decision.id.get(),
        decision.kind.as_str(),
        decision.params,
        decision.text,
        decision.minutes_url,
        decision.decided_on,
        decision.digest.as_slice(),
        decision.state.as_str(),
        decision.recorded_by.get(),
        decision.recorded_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A decision by id.
pub async fn find_decision(
    connection: &mut PgConnection,
    id: DecisionId,
) -> Result<Option<Decision>> {
    let row = sqlx::query_as!(
        DecisionRow,
        "SELECT id, kind, params, text, minutes_url, decided_on, digest, state,
                recorded_by, recorded_at, confirmed_at
           FROM board_decisions
          WHERE id = $1",
        id.get(),
    )
    .fetch_optional(connection)
    .await?;
    row.map(Decision::try_from).transpose()
}

/// Decisions, newest first: of one state or of all, older than `before`.
pub async fn list_decisions(
    connection: &mut PgConnection,
    state: Option<DecisionState>,
    before: Option<DecisionId>,
    limit: i64,
) -> Result<Vec<Decision>> {
    let rows = sqlx::query_as!(
        DecisionRow,
        "SELECT id, kind, params, text, minutes_url, decided_on, digest, state,
                recorded_by, recorded_at, confirmed_at
           FROM board_decisions
          WHERE ($1::text IS NULL OR state = $1)
            AND ($2::bigint IS NULL OR id < $2)
          ORDER BY id DESC
          LIMIT $3",
        state.map(DecisionState::as_str),
        before.map(DecisionId::get),
        limit,
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Decision::try_from).collect()
}

/// A confirmation as it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConfirmationRow {
    /// Who confirmed what.
    pub given: Confirmation,
    /// When.
    pub at: OffsetDateTime,
}

/// Who has confirmed a decision, first one first.
pub async fn confirmations_of(
    connection: &mut PgConnection,
    id: DecisionId,
) -> Result<Vec<ConfirmationRow>> {
    let rows = sqlx::query!(
        "SELECT person_id, digest, at
           FROM board_confirmations
          WHERE decision_id = $1
          ORDER BY at, person_id",
        id.get(),
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let digest = Digest::try_from(row.digest.as_slice())
                .map_err(|_| inconsistent("board_confirmations", "digest", id))?;
            Ok(ConfirmationRow {
                given: Confirmation {
                    person: row.person_id.into(),
                    digest,
                },
                at: row.at,
            })
        })
        .collect()
}

/// Notes a confirmation; somebody who confirms twice has confirmed once.
pub async fn insert_confirmation(
    connection: &mut PgConnection,
    id: DecisionId,
    confirmation: &Confirmation,
    method: AuthMethod,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO board_confirmations (decision_id, person_id, digest, at, auth_method)
              VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (decision_id, person_id) DO NOTHING",
        id.get(),
        confirmation.person.get(),
        confirmation.digest.as_slice(),
        now,
        method.as_str(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A decision is in effect.
pub async fn decision_confirmed(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    id: DecisionId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE board_decisions SET state = 'confirmed', confirmed_at = $2 WHERE id = $1",
        id.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes back a decision that is not in effect.
pub async fn withdraw_decision(connection: &mut PgConnection, id: DecisionId) -> Result<()> {
    sqlx::query!(
        "UPDATE board_decisions SET state = 'withdrawn' WHERE id = $1 AND state = 'recorded'",
        id.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Entries of the log that a decision made.
pub async fn log_seqs_of_decision(
    connection: &mut PgConnection,
    id: DecisionId,
) -> Result<Vec<i64>> {
    let seqs = sqlx::query_scalar!(
        "SELECT seq FROM log_entries WHERE public ->> 'board_decision' = $1::text ORDER BY seq",
        id.get().to_string(),
    )
    .fetch_all(connection)
    .await?;
    Ok(seqs)
}

/// Persons who have answered a proposal from a seat, whatever they said and to which revision.
pub async fn voted_as_moderators(
    connection: &mut PgConnection,
    proposal: model::moderation::ProposalId,
) -> Result<Vec<PersonId>> {
    let ids = sqlx::query_scalar!(
        "SELECT DISTINCT person_id FROM votes WHERE proposal_id = $1 AND seat_no IS NOT NULL",
        proposal.get(),
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(PersonId::new).collect())
}
