//! Cases: all open reports about one account.

use schemars::JsonSchema;
use serde::Serialize;

use super::Person;
use crate::{
    Id, Timestamp,
    admin::{Evidence, PendingProposal},
};

/// The reports about one account that are not closed yet, or were closed together.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Case {
    /// Its id.
    pub id: Id,
    /// Whom it is about, while that account exists.
    pub target_account_id: Option<Id>,
    /// Still to be decided.
    pub is_open: bool,
    /// Of what sort the trouble is.
    pub category: &'static str,
    /// Place in the queue: higher comes first.
    pub score: i32,
    /// When the first report came.
    pub opened_at: Timestamp,
    /// When a moderator first looked.
    pub first_seen_at: Option<Timestamp>,
    /// Who is at work on it.
    pub claimed_by: Option<Person>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// `action` or `no_action`.
    pub outcome: Option<&'static str>,
    /// The proposal that closed it.
    pub closed_by: Option<Id>,
    /// The one who asks stands aside from it; this and the next ones only where one case is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_recused: Option<bool>,
    /// Its reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report_ids: Option<Vec<Id>>,
    /// What is proposed about it and not decided yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposals: Option<Vec<PendingProposal>>,
    /// What moderators wrote and asked, and what was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<Vec<CaseNote>>,
    /// Reported posts as they were seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Vec<Evidence>>,
    /// `evidence`: posts that are not for everybody were left out, since looking at them needs a reason (`?reason=`) and is
    /// recorded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<&'static str>,
}

/// A note, a question or an answer.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CaseNote {
    /// Its id.
    pub id: Id,
    /// `note`, `question_to_reporter`, `question_to_author` or `answer`.
    pub kind: &'static str,
    /// Which moderator wrote it.
    pub person: Option<Person>,
    /// Who is asked or has answered.
    pub account_id: Option<Id>,
    /// Plain text.
    pub text: String,
    /// When.
    pub created_at: Timestamp,
}
