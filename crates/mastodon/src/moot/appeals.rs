//! Appeals, as those see them who decide them.

use schemars::JsonSchema;
use serde::Serialize;

use super::Person;
use crate::{Id, Timestamp};

/// A member asks for a decision to be looked at again.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Appeal {
    /// Its id.
    pub id: Id,
    /// The decision.
    pub strike: Strike,
    /// Why, in the member's words.
    pub text: String,
    /// `moderators`, `board`, `overturned` or `upheld`.
    pub stage: &'static str,
    /// What a moderator wanted to know.
    pub question: Option<String>,
    /// What the member answered.
    pub answer: Option<String>,
    /// When it was made.
    pub filed_at: Timestamp,
    /// When the stage ends by itself.
    pub due_at: Option<Timestamp>,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// The board's decision, where it came so far.
    pub decision_id: Option<Id>,
    /// Who stands behind the decision.
    pub approved_by: Vec<Person>,
    /// What moderators have answered.
    pub answers: Vec<AppealAnswer>,
    /// What the one who asks can do.
    pub own: OwnRole,
}

/// What the one who asks can do about an appeal.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "OwnRoleInAppeal")]
pub struct OwnRole {
    /// They can answer it as a moderator, given a fresh proof of who they are.
    pub may_vote: bool,
    /// They can ask the member the one question.
    pub may_ask: bool,
    /// They can record or confirm the board's word on it.
    pub may_decide: bool,
    /// What they have answered.
    pub answer: Option<&'static str>,
}

/// A decision about a member, as the member sees it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Strike {
    /// Its id.
    pub id: Id,
    /// About whom.
    pub account_id: Id,
    /// By which proposal.
    pub proposal_id: Id,
    /// Mastodon's word: `none`, `silence`, `suspend`, …
    pub action: String,
    /// What the member was told.
    pub text: String,
    /// The posts concerned.
    pub status_ids: Vec<Id>,
    /// The rules that were broken.
    pub rule_ids: Vec<i32>,
    /// Its entry of the log.
    pub log_seq: i64,
    /// When.
    pub created_at: Timestamp,
    /// When it was overruled.
    pub overruled_at: Option<Timestamp>,
}

/// A moderator's answer to an appeal.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AppealAnswer {
    /// Who.
    pub person: Person,
    /// `overturn` or `uphold`.
    pub answer: &'static str,
    /// Why.
    pub comment: String,
    /// When.
    pub at: Timestamp,
}
