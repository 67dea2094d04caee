//! What the board decides.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::Person;
use crate::{Date, Id, Timestamp};

/// A decision of the board, recorded by one of them and confirmed by others.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Decision {
    /// Its id.
    pub id: Id,
    /// `appoint_moderator`, `adopt_document`, …
    pub kind: &'static str,
    /// What it changes, by kind.
    pub params: Value,
    /// What the board resolved, in its own words.
    pub text: String,
    /// Where the minutes are.
    pub minutes_url: Option<String>,
    /// When the board met.
    pub decided_on: Date,
    /// What is confirmed.
    pub digest: String,
    /// `recorded`, `confirmed` or `withdrawn`.
    pub state: &'static str,
    /// Who wrote it down.
    pub recorded_by: Option<Person>,
    /// When.
    pub recorded_at: Timestamp,
    /// When it took effect.
    pub confirmed_at: Option<Timestamp>,
    /// Who has confirmed it.
    pub confirmations: Vec<Confirmation>,
    /// Confirmations that are needed.
    pub needed: usize,
    /// What it changes, in sentences.
    pub changes: Vec<String>,
    /// What somebody should think about before confirming it.
    pub warnings: Vec<String>,
    /// Entries of the log that it made.
    pub log_seqs: Vec<i64>,
    /// The one who asks may confirm it, given a fresh proof of who they are.
    pub may_confirm: bool,
}

/// Somebody on the board has confirmed a decision.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Confirmation {
    /// Who.
    pub person: Person,
    /// When.
    pub at: Timestamp,
}

/// A seat that somebody holds.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Seat {
    /// Number of the seat.
    pub seat: i16,
    /// Who holds it; null while it is vacant.
    pub holder: Option<Person>,
    /// `active`, `on_leave`, `blocked` or `vacant`.
    pub state: &'static str,
    /// Since when.
    pub appointed_at: Option<Timestamp>,
    /// Named for this proposal only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ad_hoc_for: Option<Id>,
}
