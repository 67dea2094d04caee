//! What apps of moderators and the board send to Moot's own API.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::lenient;

/// Which proposals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ListProposals {
    /// In these states; in all of them when none is named.
    #[serde(deserialize_with = "lenient::texts")]
    pub state: Option<Vec<String>>,
    /// Only older ones than this.
    #[serde(deserialize_with = "lenient::number")]
    pub max_id: Option<i64>,
    /// How many.
    #[serde(deserialize_with = "lenient::number")]
    pub limit: Option<i64>,
}

/// What somebody proposes.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct NewProposal {
    /// What is to be done: `account.suspend`, …
    #[serde(deserialize_with = "lenient::text")]
    pub kind: Option<String>,
    /// How: `severity`, `expires_in`, …; which ones matter depends on the kind.
    #[serde(deserialize_with = "lenient::structure")]
    pub params: Option<Map<String, Value>>,
    /// To whom: keys of the type that the kind is about (an account's id, a domain, …); up to 500.
    #[serde(deserialize_with = "lenient::texts")]
    pub targets: Option<Vec<String>>,
    /// The case it answers.
    #[serde(deserialize_with = "lenient::number")]
    pub case_id: Option<i64>,
    /// Which of its reports; all open ones when none is named.
    #[serde(deserialize_with = "lenient::ids")]
    pub report_ids: Vec<i64>,
    /// Posts it cites.
    #[serde(deserialize_with = "lenient::ids")]
    pub status_ids: Vec<i64>,
    /// The rules that were broken.
    #[serde(deserialize_with = "lenient::ids")]
    pub rule_ids: Vec<i64>,
    /// Of what sort the trouble is.
    #[serde(deserialize_with = "lenient::text")]
    pub category: Option<String>,
    /// To the public log: neutral, at most 500 characters.
    #[serde(deserialize_with = "lenient::text")]
    pub reason_public: Option<String>,
    /// For the moderators.
    #[serde(deserialize_with = "lenient::text")]
    pub reason_private: Option<String>,
    /// To the member.
    #[serde(deserialize_with = "lenient::text")]
    pub notice_text: Option<String>,
    /// Opened without the proposer's own approval.
    #[serde(deserialize_with = "lenient::flag")]
    pub without_recommendation: Option<bool>,
    /// It answers a request from outside, by mail.
    #[serde(deserialize_with = "lenient::flag")]
    pub external_request: Option<bool>,
}

/// An answer to a proposal, or a confirmation of a decision.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Ballot {
    /// The digest that was seen, as the entity tells it.
    #[serde(deserialize_with = "lenient::text")]
    pub digest: Option<String>,
    /// Why; an objection needs it.
    #[serde(deserialize_with = "lenient::text")]
    pub comment: Option<String>,
}

/// Some words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Words {
    /// Plain text.
    #[serde(deserialize_with = "lenient::text")]
    pub text: Option<String>,
}

/// Standing aside.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Recuse {
    /// Why; stays internal.
    #[serde(deserialize_with = "lenient::text")]
    pub reason: Option<String>,
}

/// Which cases.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ListCases {
    /// Only closed ones.
    #[serde(deserialize_with = "lenient::flag")]
    pub closed: Option<bool>,
    /// Only older ones than this, among closed ones.
    #[serde(deserialize_with = "lenient::number")]
    pub max_id: Option<i64>,
    /// How many.
    #[serde(deserialize_with = "lenient::number")]
    pub limit: Option<i64>,
}

/// A question to somebody concerned by a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Question {
    /// `reporter` or `author`.
    #[serde(deserialize_with = "lenient::text")]
    pub to: Option<String>,
    /// Which report's reporter, where there are several.
    #[serde(deserialize_with = "lenient::number")]
    pub report_id: Option<i64>,
    /// Plain text.
    #[serde(deserialize_with = "lenient::text")]
    pub text: Option<String>,
}

/// Another category for a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Category {
    /// The category.
    #[serde(deserialize_with = "lenient::text")]
    pub category: Option<String>,
}

/// A moderator's answer to an appeal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AppealBallot {
    /// `overturn` or `uphold`.
    #[serde(deserialize_with = "lenient::text")]
    pub answer: Option<String>,
    /// Why.
    #[serde(deserialize_with = "lenient::text")]
    pub comment: Option<String>,
}

/// Which decisions of the board.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ListDecisions {
    /// `recorded`, `confirmed` or `withdrawn`; all when left out.
    #[serde(deserialize_with = "lenient::text")]
    pub state: Option<String>,
    /// Only older ones than this.
    #[serde(deserialize_with = "lenient::number")]
    pub max_id: Option<i64>,
    /// How many.
    #[serde(deserialize_with = "lenient::number")]
    pub limit: Option<i64>,
}

/// A decision of the board, to be recorded.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct NewDecision {
    /// `appoint_moderator`, `adopt_document`, …
    #[serde(deserialize_with = "lenient::text")]
    pub kind: Option<String>,
    /// What it changes, by kind.
    #[serde(deserialize_with = "lenient::structure")]
    pub params: Option<Map<String, Value>>,
    /// What the board resolved, in its own words; published.
    #[serde(deserialize_with = "lenient::text")]
    pub text: Option<String>,
    /// Where the minutes are.
    #[serde(deserialize_with = "lenient::text")]
    pub minutes_url: Option<String>,
    /// When the board met, `2026-11-23`; today when left out.
    #[serde(deserialize_with = "lenient::text")]
    pub decided_on: Option<String>,
}
