//! What Moot adds to Mastodon's entities: nothing is done by one moderator, so what waits for a second is shown beside
//! what is in force.

use schemars::JsonSchema;
use serde::Serialize;

use crate::Id;

/// What Moot adds to an admin entity.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Note {
    /// What is proposed about it and not decided yet.
    pub proposals: Vec<PendingProposal>,
    /// It does not exist yet: only a proposal to make it does.
    #[serde(skip_serializing_if = "is_false")]
    pub is_proposed: bool,
    /// Fields that were left out, since looking at them needs a reason (`?reason=`) and is recorded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<&'static str>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// A proposal in one line.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "PendingProposal")]
pub struct PendingProposal {
    /// Its id.
    pub id: Id,
    /// What is proposed: `account.suspend`, …
    pub kind: &'static str,
    /// How far it has come: `open`, `provisional`, …
    pub state: &'static str,
    /// Approvals that count.
    pub approvals: usize,
    /// Approvals that are needed.
    pub needed: usize,
    /// Where it can be read and voted on through the API.
    pub url: String,
}
