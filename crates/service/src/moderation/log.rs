//! The log: one chain, two views. What is appended here is public as far as it may be, and never rewritten.

mod append;
pub mod checkpoint;
mod expire;
mod export;
pub mod implied;
mod keys;
mod pseudonym;
mod public;
mod read;
mod redact;
mod rows;
mod target;
pub mod verify;

use model::moderation::{Effect, PersonId, SeatNo, Target, board::DecisionId, report::Category};
use serde_json::{Map, Value};
use time::OffsetDateTime;

pub(crate) use append::append;
pub use checkpoint::checkpoint;
pub(crate) use expire::{expire_evidence, made_before};
pub use export::export;
pub use keys::rotate as rotate_key;
pub use ledger::{Entry, SignedCheckpoint};
pub use read::{
    ConsistencyProof, Facets, Filter, InclusionProof, consistency, count, entries, entry, facets,
    inclusion, newest, private_of,
};
pub(crate) use redact::{redact, redactable};
pub(crate) use target::obfuscated;

/// What an entry says. Its public part is made from these by the rules of redaction; `private`, `evidence` and the
/// effects on people stand in the private part.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// What has happened.
    pub kind: EntryKind,
    /// The kind of measure (`account.suspend`), of board decision, or what happened to a seat.
    pub action: Option<String>,
    /// About what; shown by the rules for its type.
    pub target: Option<Target>,
    /// Of what sort the trouble was.
    pub category: Option<Category>,
    /// The rules that were broken.
    pub rules: Vec<i32>,
    /// The version of the guidelines in force.
    pub guideline_version: Option<i32>,
    /// Neutral, at most 500 characters.
    pub reason: String,
    /// Who proposed; shown by name.
    pub proposer: Option<PersonId>,
    /// Who approved, recorded, confirmed or decided.
    pub approved_by: Vec<PersonId>,
    /// Who objected.
    pub objected: Vec<PersonId>,
    /// Who abstained.
    pub abstained: Vec<PersonId>,
    /// Seats that were recused.
    pub recused: Vec<SeatNo>,
    /// It could not wait.
    pub emergency: bool,
    /// Who ratified it.
    pub ratified_by: Vec<PersonId>,
    /// How many reports it answers, by origin.
    pub reports: ReportCounts,
    /// For how many seconds it lasts.
    pub duration: Option<i64>,
    /// Until when the member can appeal.
    pub appealable_until: Option<OffsetDateTime>,
    /// Entries it refers to.
    pub related: Vec<i64>,
    /// The board's decision behind it.
    pub board_decision: Option<DecisionId>,
    /// Digest of the proposal that was voted on.
    pub digest: Option<Vec<u8>>,
    /// What it changed.
    pub effects: Vec<Effect>,
    /// What else moderators and the board see, for as long as the log is kept.
    pub private: Map<String, Value>,
    /// What only they see, until its time is over: private reasons and the like.
    pub evidence: Map<String, Value>,
    /// What else the public sees, by name (the text of a board decision, of a document's digest).
    pub public: Map<String, Value>,
}

impl NewEntry {
    /// An entry that says nothing yet but what has happened.
    pub fn new(kind: EntryKind) -> Self {
        Self {
            kind,
            action: None,
            target: None,
            category: None,
            rules: Vec::new(),
            guideline_version: None,
            reason: String::new(),
            proposer: None,
            approved_by: Vec::new(),
            objected: Vec::new(),
            abstained: Vec::new(),
            recused: Vec::new(),
            emergency: false,
            ratified_by: Vec::new(),
            reports: ReportCounts::default(),
            duration: None,
            appealable_until: None,
            related: Vec::new(),
            board_decision: None,
            digest: None,
            effects: Vec::new(),
            private: Map::new(),
            evidence: Map::new(),
            public: Map::new(),
        }
    }
}

/// Reports by where they came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReportCounts {
    /// Members.
    pub member: u32,
    /// Other servers.
    pub remote: u32,
    /// Moderators.
    pub moderator: u32,
    /// This server itself.
    pub automatic: u32,
}

/// What has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A proposal was executed.
    ProposalExecuted,
    /// A measure was taken at once.
    EmergencyExecuted,
    /// It was ratified.
    EmergencyRatified,
    /// It was not, and is taken back.
    EmergencyRolledBack,
    /// A decision was wrong and is undone.
    AppealOverturned,
    /// A decision stands.
    AppealUpheld,
    /// The first board was named by the operator.
    BoardBootstrapped,
    /// Somebody joined or left the board.
    BoardChanged,
    /// The board has decided.
    BoardDecision,
    /// Somebody took, left, or could not use a seat.
    SeatChanged,
    /// The operator has reset how an officer proves who they are.
    OfficerReset,
    /// Fields of an earlier entry were taken away.
    RedactionApplied,
    /// The key that signs checkpoints is another.
    KeyRotated,
    /// Class C: its public part is empty.
    Internal,
}

impl EntryKind {
    /// The word in the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ProposalExecuted => "proposal.executed",
            Self::EmergencyExecuted => "emergency.executed",
            Self::EmergencyRatified => "emergency.ratified",
            Self::EmergencyRolledBack => "emergency.rolled_back",
            Self::AppealOverturned => "appeal.overturned",
            Self::AppealUpheld => "appeal.upheld",
            Self::BoardBootstrapped => "board.bootstrapped",
            Self::BoardChanged => "board.changed",
            Self::BoardDecision => "board.decision",
            Self::SeatChanged => "seat.changed",
            Self::OfficerReset => "officer.reset",
            Self::RedactionApplied => "redaction.applied",
            Self::KeyRotated => "key.rotated",
            Self::Internal => "internal",
        }
    }
}
