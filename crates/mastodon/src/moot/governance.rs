//! How this server is governed, for everybody.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::Timestamp;

/// Who decides here, and how.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Governance {
    /// Every seat, vacant ones included.
    pub seats: Vec<HeldSeat>,
    /// Who sits on the board.
    pub board: Vec<BoardMember>,
    /// Approvals that every action needs.
    pub threshold: u8,
    /// All settings; times are in seconds.
    pub settings: Value,
    /// The guidelines in force; null while nobody has adopted any.
    pub guidelines: Option<InForce>,
    /// Every document in force.
    pub documents: Vec<InForce>,
}

/// A seat, as everybody sees it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HeldSeat {
    /// Its number.
    pub seat: i16,
    /// `active`, `on_leave`, `blocked` or `vacant`.
    pub state: &'static str,
    /// The holder's name.
    pub name: Option<String>,
    /// The holder's handle.
    pub handle: Option<String>,
    /// Since when.
    pub appointed_at: Option<Timestamp>,
}

/// Somebody on the board.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BoardMember {
    /// Their name.
    pub name: String,
    /// Their handle.
    pub handle: String,
}

/// Which version of a document is in force.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct InForce {
    /// `rules`, `guidelines`, `terms`, `privacy`, `landing`, `about` or `contact`.
    pub kind: &'static str,
    /// Counts versions, from 1; 0 is the text that came with the server and that nobody has adopted.
    pub version: i32,
    /// SHA-256 of the text, in hex.
    pub sha256: String,
    /// Since when it is in force.
    pub effective_at: Option<Timestamp>,
    /// Its text through this API.
    pub url: String,
}

/// A version of a document.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Document {
    /// `rules`, `guidelines`, `terms`, `privacy`, `landing`, `about` or `contact`.
    pub kind: &'static str,
    /// Counts versions, from 1; 0 is the text that came with the server and that nobody has adopted.
    pub version: i32,
    /// Markdown.
    pub text: String,
    /// SHA-256 of the text, in hex.
    pub sha256: String,
    /// Since when it is in force.
    pub effective_at: Option<Timestamp>,
}
