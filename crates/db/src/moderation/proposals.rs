//! One proposal: writing it down, finding it, and how far it has come.

use model::{
    AccountId, StatusId,
    moderation::{
        Effect, Kind, PersonId, Proposal, ProposalId, Target, proposal::State, report::CaseId,
    },
};
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{proposals_lists::proposals_by_ids, rows::inconsistent};
use crate::Result;

/// An id for a proposal, or for a row that one will make.
pub async fn new_proposal_id(connection: &mut PgConnection, now: OffsetDateTime) -> Result<i64> {
    let id = sqlx::query_scalar!(r#"SELECT snowflake($1) AS "id!""#, now)
        .fetch_one(connection)
        .await?;
    Ok(id)
}

/// Writes a proposal down, with its targets.
pub async fn insert_proposal(connection: &mut PgConnection, proposal: &Proposal) -> Result<()> {
    let params = params_of(proposal)?;
    let (reports, statuses) = (report_ids(proposal), status_ids(proposal));
    sqlx::query!(
        "INSERT INTO proposals (id, kind, state, params, case_id, report_ids, status_ids, rule_ids, guideline_version,
                                category, reason_public, reason_private, notice_text, revision, salt, digest, proposer_id,
                                proposer_seat, origin, emergency, opened_at, expires_at, decided_at, execute_at,
                                executed_at, ratify_by, blocked_since, related_id, reserved_id, failure)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                      $23, $24, $25, $26, $27, $28, $29, $30)",
        proposal.id.get(),
        proposal.kind.as_str(),
        proposal.state.as_str(),
        params,
        proposal.case_id.map(CaseId::get),
        &reports,
        &statuses,
        &proposal.rule_ids,
        proposal.guideline_version,
        proposal.category.as_str(),
        proposal.reason_public,
        proposal.reason_private,
        proposal.notice_text,
        proposal.revision,
        proposal.salt,
        &proposal.digest,
        proposal.proposer.map(PersonId::get),
        proposal.proposer_seat,
        proposal.origin.as_str(),
        proposal.emergency,
        proposal.opened_at,
        proposal.expires_at,
        proposal.decided_at,
        proposal.execute_at,
        proposal.executed_at,
        proposal.ratify_by,
        proposal.blocked_since,
        proposal.related_id.map(ProposalId::get),
        proposal.reserved_id,
        proposal.failure,
    )
    .execute(&mut *connection)
    .await?;
    insert_targets(connection, proposal).await
}

/// Writes an amended proposal over what it was.
pub async fn replace_proposal(connection: &mut PgConnection, proposal: &Proposal) -> Result<()> {
    let params = params_of(proposal)?;
    let (reports, statuses) = (report_ids(proposal), status_ids(proposal));
    sqlx::query!(
        "UPDATE proposals
            SET kind = $2, params = $3, report_ids = $4, status_ids = $5, rule_ids = $6, guideline_version = $7,
                category = $8, reason_public = $9, reason_private = $10, notice_text = $11, proposer_id = $12,
                proposer_seat = $13, case_id = $14, salt = $15, related_id = $16
          WHERE id = $1",
        proposal.id.get(),
        proposal.kind.as_str(),
        params,
        &reports,
        &statuses,
        &proposal.rule_ids,
        proposal.guideline_version,
        proposal.category.as_str(),
        proposal.reason_public,
        proposal.reason_private,
        proposal.notice_text,
        proposal.proposer.map(PersonId::get),
        proposal.proposer_seat,
        proposal.case_id.map(CaseId::get),
        proposal.salt,
        proposal.related_id.map(ProposalId::get),
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "DELETE FROM proposal_targets WHERE proposal_id = $1",
        proposal.id.get()
    )
    .execute(&mut *connection)
    .await?;
    insert_targets(connection, proposal).await?;
    set_progress(connection, proposal).await
}

async fn insert_targets(connection: &mut PgConnection, proposal: &Proposal) -> Result<()> {
    let types: Vec<String> = proposal
        .targets
        .iter()
        .map(|target| target.type_word().to_owned())
        .collect();
    let keys: Vec<String> = proposal.targets.iter().map(Target::key).collect();
    sqlx::query!(
        "INSERT INTO proposal_targets (proposal_id, position, target_type, target_key)
              SELECT $1, row_number() OVER (), type, key
                FROM unnest($2::text[], $3::text[]) AS targets (type, key)",
        proposal.id.get(),
        &types,
        &keys,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes down how far a proposal has come: its state, revision, digest and times.
pub async fn set_progress(connection: &mut PgConnection, proposal: &Proposal) -> Result<()> {
    sqlx::query!(
        "UPDATE proposals
            SET state = $2, revision = $3, digest = $4, expires_at = $5, decided_at = $6, execute_at = $7,
                executed_at = $8, ratify_by = $9, blocked_since = $10, failure = $11
          WHERE id = $1",
        proposal.id.get(),
        proposal.state.as_str(),
        proposal.revision,
        &proposal.digest,
        proposal.expires_at,
        proposal.decided_at,
        proposal.execute_at,
        proposal.executed_at,
        proposal.ratify_by,
        proposal.blocked_since,
        proposal.failure,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A proposal.
pub async fn find_proposal(
    connection: &mut PgConnection,
    id: ProposalId,
) -> Result<Option<Proposal>> {
    let found = proposals_by_ids(connection, &[id.get()]).await?;
    Ok(found.into_iter().next())
}

/// A proposal that is about to change, after [`super::take_turn`].
pub async fn lock_proposal(
    connection: &mut PgConnection,
    id: ProposalId,
) -> Result<Option<Proposal>> {
    sqlx::query!(
        "SELECT id FROM proposals WHERE id = $1 FOR UPDATE",
        id.get()
    )
    .fetch_optional(&mut *connection)
    .await?;
    find_proposal(connection, id).await
}

/// What became of one target.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Which.
    pub target: Target,
    /// What changed; nothing where it was executed in vain or not yet.
    pub effects: Vec<Effect>,
    /// What has to come back besides, by kind.
    pub keepsakes: Option<Value>,
    /// Entry of the log.
    pub log_seq: Option<i64>,
}

/// What became of each target, in their order.
pub async fn outcomes_of(connection: &mut PgConnection, id: ProposalId) -> Result<Vec<Outcome>> {
    let rows = sqlx::query!(
        "SELECT target_type, target_key, effects, keepsakes, log_seq
           FROM proposal_targets
          WHERE proposal_id = $1
          ORDER BY position",
        id.get(),
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let wrong = |column| inconsistent("proposal_targets", column, id);
            let effects = match &row.effects {
                Some(Value::Array(effects)) => effects
                    .iter()
                    .map(|effect| Effect::from_json(effect).ok_or_else(|| wrong("effects")))
                    .collect::<Result<_>>()?,
                _ => Vec::new(),
            };
            Ok(Outcome {
                target: Target::from_words(&row.target_type, &row.target_key)
                    .ok_or_else(|| wrong("target_type"))?,
                effects,
                keepsakes: row.keepsakes,
                log_seq: row.log_seq,
            })
        })
        .collect()
}

/// Keeps what was changed for one target, so that it can be undone.
pub async fn keep_outcome(
    connection: &mut PgConnection,
    id: ProposalId,
    target: &Target,
    effects: &[Effect],
    log_seq: i64,
) -> Result<()> {
    let effects = Value::Array(effects.iter().map(Effect::to_json).collect());
    sqlx::query!(
        "UPDATE proposal_targets
            SET effects = $4, log_seq = $5
          WHERE proposal_id = $1 AND target_type = $2 AND target_key = $3",
        id.get(),
        target.type_word(),
        target.key(),
        effects,
        log_seq,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Entries of the log that tell of a proposal's targets.
pub async fn log_seqs_of(connection: &mut PgConnection, id: ProposalId) -> Result<Vec<i64>> {
    let seqs = sqlx::query_scalar!(
        r#"SELECT log_seq AS "log_seq!"
             FROM proposal_targets
            WHERE proposal_id = $1 AND log_seq IS NOT NULL
            ORDER BY position"#,
        id.get(),
    )
    .fetch_all(connection)
    .await?;
    Ok(seqs)
}

/// Whether what a proposal names beside its targets has to do with them.
#[derive(Clone, Copy, Debug)]
pub struct Relation {
    /// The case is about one of them, or it names none.
    pub case_fits: bool,
    /// So are the posts, or it names none.
    pub posts_fit: bool,
}

/// Whether the case and the posts that a proposal names have to do with its targets. Addresses and names say nothing about whose
/// they are.
pub async fn relation_of(connection: &mut PgConnection, id: ProposalId) -> Result<Relation> {
    let relation = sqlx::query_file_as!(Relation, "queries/moderation/relation.sql", id.get())
        .fetch_one(connection)
        .await?;
    Ok(relation)
}

/// Marks a proposal as an emergency measure.
pub async fn mark_emergency(connection: &mut PgConnection, id: ProposalId) -> Result<()> {
    sqlx::query!(
        "UPDATE proposals SET emergency = true WHERE id = $1",
        id.get()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether one of a proposal's targets holds a seat or sits on the board, or wrote one of its posts.
pub async fn is_against_office(connection: &mut PgConnection, id: ProposalId) -> Result<bool> {
    let is = sqlx::query_file_scalar!("queries/moderation/is_against_office.sql", id.get())
        .fetch_one(connection)
        .await?;
    Ok(is)
}

/// Accounts that are part of what a proposal is about and so do not decide it: the accused, their other selves by these
/// selves' own word, and the members who reported them.
pub async fn involved_in(connection: &mut PgConnection, id: ProposalId) -> Result<Vec<AccountId>> {
    let ids = sqlx::query_file_scalar!("queries/moderation/involved_in.sql", id.get())
        .fetch_all(connection)
        .await?;
    Ok(ids.into_iter().map(AccountId::new).collect())
}

/// Accounts mentioned in the posts that a proposal is about or cites, or that were reported; and whom the accused claim to be.
pub async fn mentioned_in(connection: &mut PgConnection, id: ProposalId) -> Result<Vec<AccountId>> {
    let ids = sqlx::query_file_scalar!("queries/moderation/mentioned_in.sql", id.get())
        .fetch_all(connection)
        .await?;
    Ok(ids.into_iter().map(AccountId::new).collect())
}

/// Whether a proposal is about one of a person's accounts: itself, its posts, or the reports about it.
pub async fn is_about(
    connection: &mut PgConnection,
    id: ProposalId,
    person: PersonId,
) -> Result<bool> {
    let is = sqlx::query_file_scalar!("queries/moderation/is_about.sql", id.get(), person.get())
        .fetch_one(connection)
        .await?;
    Ok(is)
}

/// Posts of the proposal that their authors have edited since they were reported.
pub async fn edited_since_reported(
    connection: &mut PgConnection,
    id: ProposalId,
) -> Result<Vec<StatusId>> {
    let ids = sqlx::query_file_scalar!("queries/moderation/edited_since.sql", id.get())
        .fetch_all(connection)
        .await?;
    Ok(ids.into_iter().map(StatusId::new).collect())
}

/// Proposals of this kind about the first of these targets that can still be voted on: among them is the one that says the same,
/// if there is one.
pub async fn find_open_of_effect(
    connection: &mut PgConnection,
    kind: Kind,
    target: &Target,
) -> Result<Vec<Proposal>> {
    let ids = sqlx::query_scalar!(
        "SELECT p.id
           FROM proposals p
           JOIN proposal_targets t ON t.proposal_id = p.id
          WHERE p.kind = $1 AND t.target_type = $2 AND t.target_key = $3
            AND p.state IN ('open', 'provisional', 'approved')
          ORDER BY p.id",
        kind.as_str(),
        target.type_word(),
        target.key(),
    )
    .fetch_all(&mut *connection)
    .await?;
    proposals_by_ids(connection, &ids).await
}

/// When an emergency measure of this person against one of these targets was last rolled back.
pub async fn rolled_back_at(
    connection: &mut PgConnection,
    person: Option<PersonId>,
    targets: &[Target],
) -> Result<Option<OffsetDateTime>> {
    let types: Vec<String> = targets
        .iter()
        .map(|target| target.type_word().to_owned())
        .collect();
    let keys: Vec<String> = targets.iter().map(Target::key).collect();
    let at = sqlx::query_scalar!(
        "SELECT max(p.decided_at)
           FROM proposals p
           JOIN proposal_targets t ON t.proposal_id = p.id
           JOIN unnest($2::text[], $3::text[]) AS wanted (type, key)
             ON wanted.type = t.target_type AND wanted.key = t.target_key
          WHERE p.state = 'rolled_back' AND p.proposer_id IS NOT DISTINCT FROM $1",
        person.map(PersonId::get),
        &types,
        &keys,
    )
    .fetch_one(connection)
    .await?;
    Ok(at)
}

fn params_of(proposal: &Proposal) -> Result<Value> {
    serde_json::to_value(&proposal.params)
        .map_err(|_| inconsistent("proposals", "params", proposal.id))
}

fn report_ids(proposal: &Proposal) -> Vec<i64> {
    proposal.report_ids.iter().map(|id| id.get()).collect()
}

fn status_ids(proposal: &Proposal) -> Vec<i64> {
    proposal.status_ids.iter().map(|id| id.get()).collect()
}

/// Whether a state is one of these; for lists.
pub(super) fn words(states: &[State]) -> Vec<String> {
    states
        .iter()
        .map(|state| state.as_str().to_owned())
        .collect()
}
