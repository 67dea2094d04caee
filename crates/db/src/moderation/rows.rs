//! From rows to proposals.

use model::{
    StatusId,
    moderation::{
        Kind, Params, PersonId, Proposal, ProposalId, Target,
        proposal::{Origin, State},
        report::{CaseId, Category, ReportId},
        vote::Digest,
    },
};
use serde_json::Value;
use time::OffsetDateTime;

use crate::{Error, Result};

/// An error for a value that cannot be.
#[expect(
    clippy::needless_pass_by_value,
    reason = "callers hand over the number or text they have"
)]
pub(super) fn inconsistent(table: &'static str, column: &'static str, key: impl ToString) -> Error {
    Error::Inconsistency {
        table,
        column,
        key: key.to_string(),
    }
}

/// A row of `proposals` with its targets.
pub(super) struct ProposalRow {
    pub(super) id: i64,
    pub(super) kind: String,
    pub(super) state: String,
    pub(super) params: Value,
    pub(super) case_id: Option<i64>,
    pub(super) report_ids: Vec<i64>,
    pub(super) status_ids: Vec<i64>,
    pub(super) rule_ids: Vec<i32>,
    pub(super) guideline_version: Option<i32>,
    pub(super) category: String,
    pub(super) reason_public: String,
    pub(super) reason_private: String,
    pub(super) notice_text: String,
    pub(super) revision: i32,
    pub(super) salt: Vec<u8>,
    pub(super) digest: Vec<u8>,
    pub(super) proposer_id: Option<i64>,
    pub(super) proposer_seat: Option<i16>,
    pub(super) origin: String,
    pub(super) emergency: bool,
    pub(super) opened_at: OffsetDateTime,
    pub(super) expires_at: OffsetDateTime,
    pub(super) decided_at: Option<OffsetDateTime>,
    pub(super) execute_at: Option<OffsetDateTime>,
    pub(super) executed_at: Option<OffsetDateTime>,
    pub(super) ratify_by: Option<OffsetDateTime>,
    pub(super) blocked_since: Option<OffsetDateTime>,
    pub(super) related_id: Option<i64>,
    pub(super) reserved_id: i64,
    pub(super) failure: Option<String>,
    pub(super) target_types: Vec<String>,
    pub(super) target_keys: Vec<String>,
}

impl TryFrom<ProposalRow> for Proposal {
    type Error = Error;

    fn try_from(row: ProposalRow) -> Result<Self> {
        let wrong = |column| inconsistent("proposals", column, row.id);
        let targets = row
            .target_types
            .iter()
            .zip(&row.target_keys)
            .map(|(type_word, key)| {
                Target::from_words(type_word, key)
                    .ok_or_else(|| inconsistent("proposal_targets", "target_type", row.id))
            })
            .collect::<Result<_>>()?;
        Ok(Self {
            id: ProposalId::new(row.id),
            kind: Kind::from_word(&row.kind).ok_or_else(|| wrong("kind"))?,
            params: serde_json::from_value::<Params>(row.params.clone())
                .map_err(|_| wrong("params"))?,
            targets,
            state: State::from_word(&row.state).ok_or_else(|| wrong("state"))?,
            revision: row.revision,
            digest: Digest::try_from(row.digest.as_slice()).map_err(|_| wrong("digest"))?,
            salt: row.salt.clone(),
            case_id: row.case_id.map(CaseId::new),
            report_ids: row.report_ids.iter().copied().map(ReportId::new).collect(),
            status_ids: row.status_ids.iter().copied().map(StatusId::new).collect(),
            rule_ids: row.rule_ids.clone(),
            guideline_version: row.guideline_version,
            category: Category::from_word(&row.category).ok_or_else(|| wrong("category"))?,
            reason_public: row.reason_public.clone(),
            reason_private: row.reason_private.clone(),
            notice_text: row.notice_text.clone(),
            proposer: row.proposer_id.map(PersonId::new),
            proposer_seat: row.proposer_seat,
            origin: Origin::from_word(&row.origin).ok_or_else(|| wrong("origin"))?,
            emergency: row.emergency,
            opened_at: row.opened_at,
            expires_at: row.expires_at,
            decided_at: row.decided_at,
            execute_at: row.execute_at,
            executed_at: row.executed_at,
            ratify_by: row.ratify_by,
            blocked_since: row.blocked_since,
            related_id: row.related_id.map(ProposalId::new),
            reserved_id: row.reserved_id,
            failure: row.failure.clone(),
        })
    }
}
