//! Proposals, as those see them who decide them.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{Id, Timestamp};

/// A measure that somebody proposes, and how far it has come.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Proposal {
    /// Its id.
    pub id: Id,
    /// Where it is, in this API.
    pub url: String,
    /// What is to be done: `account.suspend`, …
    pub kind: &'static str,
    /// How; which parameters there are depends on the kind.
    pub params: Value,
    /// To whom.
    pub targets: Vec<Target>,
    /// `draft`, `open`, `approved`, `provisional`, `executed`, `failed`, `rejected`, `expired`, `withdrawn`,
    /// `superseded`, `rolled_back` or `discarded`.
    pub state: &'static str,
    /// A page where its author has to confirm it in a browser before anything happens; only for drafts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirm_url: Option<String>,
    /// Counts amendments, from 1.
    pub revision: i32,
    /// What is voted on.
    pub digest: String,
    /// Goes into the digest; not published, so that nobody can find a target by trying.
    pub salt: String,
    /// The case it answers.
    pub case_id: Option<Id>,
    /// Which of its reports.
    pub report_ids: Vec<Id>,
    /// Posts it cites.
    pub status_ids: Vec<Id>,
    /// The rules that were broken, by their number in the adopted document.
    pub rule_ids: Vec<i32>,
    /// The version of the guidelines in force when it was opened.
    pub guideline_version: Option<i32>,
    /// Of what sort the trouble is.
    pub category: &'static str,
    /// To the public log.
    pub reason_public: String,
    /// For the moderators.
    pub reason_private: String,
    /// To the member.
    pub notice_text: String,
    /// Who proposed it; null for the operator.
    pub proposer: Option<Person>,
    /// From which seat.
    pub proposer_seat: Option<i16>,
    /// `web`, `api`, `cli`, `external_request` or `subscription`.
    pub origin: &'static str,
    /// It was executed first and waits to be ratified.
    pub emergency: bool,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it ends without a decision.
    pub expires_at: Timestamp,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// When cooling off ends.
    pub execute_at: Option<Timestamp>,
    /// When it was executed.
    pub executed_at: Option<Timestamp>,
    /// Until when an emergency measure has to be ratified.
    pub ratify_by: Option<Timestamp>,
    /// Since when too few can decide it.
    pub blocked_since: Option<Timestamp>,
    /// One about the same target that differs in effect.
    pub related_id: Option<Id>,
    /// The id that the rule made by it will have.
    pub reserved_id: Id,
    /// Why it failed.
    pub failure: Option<String>,
    /// Approvals that count.
    pub approvals: usize,
    /// Approvals that are needed.
    pub needed: usize,
    /// Too few can vote; it is with the board.
    pub is_blocked: bool,
    /// Every seat, and what its holder has answered.
    pub seats: Vec<SeatAnswer>,
    /// Approvals that the board has given.
    pub by_board: Vec<BoardApproval>,
    /// What moderators wrote, oldest first.
    pub comments: Vec<Comment>,
    /// Entries of the log, one for each target that was dealt with.
    pub log_seqs: Vec<i64>,
    /// Posts that were edited by their authors since they were reported.
    pub edited_since: Vec<Id>,
    /// What it would do, in sentences, for as many targets as can be looked at; only where one proposal is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effects: Option<Vec<String>>,
    /// What the one who asks can do.
    pub own: Own,
}

/// The refusal of a vote for something that has changed meanwhile.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Changed {
    /// What is wrong, in a sentence.
    pub error: String,
    /// What can be voted on now.
    pub digest: String,
    /// The proposal as it is now.
    pub proposal: Proposal,
}

/// What a measure is about.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Target {
    /// `account`, `status`, `domain`, …
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Which: an id, a domain, …
    pub key: String,
}

/// Somebody in office.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Person {
    /// The person's id.
    pub id: Id,
    /// The account they sign in to, while there is one.
    pub account_id: Option<Id>,
    /// Their name.
    pub name: String,
    /// `name@domain`.
    pub handle: String,
}

/// A seat and what its holder has answered.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SeatAnswer {
    /// Number of the seat.
    pub seat: i16,
    /// Who holds it.
    pub holder: Person,
    /// `active`, `on_leave` or `blocked`.
    pub state: &'static str,
    /// The vote would count.
    pub is_eligible: bool,
    /// The holder is recused.
    pub is_recused: bool,
    /// `approve`, `object` or `abstain`; null while there is none.
    pub answer: Option<&'static str>,
    /// Why.
    pub comment: Option<String>,
    /// How the voter had proved who they are.
    pub auth_method: Option<&'static str>,
    /// When.
    pub at: Option<Timestamp>,
}

/// An approval that the board gave, where too few moderators could vote.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BoardApproval {
    /// Who.
    pub person: Person,
    /// When.
    pub at: Timestamp,
}

/// What a moderator wrote.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Comment {
    /// Who; the server itself when null.
    pub person: Option<Person>,
    /// Plain text.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// What the one who asks can do.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Own {
    /// Their seat.
    pub seat: Option<i16>,
    /// What they have answered.
    pub answer: Option<&'static str>,
    /// They can vote, given a fresh proof of who they are.
    pub may_vote: bool,
    /// They proposed it, and can take it back.
    pub is_proposer: bool,
    /// They can stop it while it cools off.
    pub may_stop: bool,
}
