//! A proposal: what is to be done, why, and how far it has come.

use time::OffsetDateTime;

use super::{
    Kind, Params, PersonId, SeatNo, Target,
    report::{CaseId, Category, ReportId},
    vote::Digest,
};
use crate::id::{Id, StatusId};

/// Id of a [`Proposal`].
pub type ProposalId = Id<Proposal>;

/// Targets that one proposal may have.
pub const MOST_TARGETS: usize = 500;

/// What is to be done, why, and how far it has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// What is to be done.
    pub kind: Kind,
    /// How, normalised.
    pub params: Params,
    /// To whom; one, or up to [`MOST_TARGETS`] of one type.
    pub targets: Vec<Target>,
    /// How far it has come.
    pub state: State,
    /// Counts amendments, from 1.
    pub revision: i32,
    /// Random; keeps a published digest from telling its target.
    pub salt: Vec<u8>,
    /// What is voted on.
    pub digest: Digest,
    /// The reports it answers.
    pub case_id: Option<CaseId>,
    /// Which of them.
    pub report_ids: Vec<ReportId>,
    /// Posts that a measure about an account cites.
    pub status_ids: Vec<StatusId>,
    /// Rules that were broken, by their number in the adopted document.
    pub rule_ids: Vec<i32>,
    /// Version of the guidelines in force when it was opened.
    pub guideline_version: Option<i32>,
    /// Of what sort the trouble is.
    pub category: Category,
    /// To the public log: neutral, at most 500 characters.
    pub reason_public: String,
    /// For the moderators.
    pub reason_private: String,
    /// To the member.
    pub notice_text: String,
    /// Who opened it; nobody when it was the operator.
    pub proposer: Option<PersonId>,
    /// From which seat.
    pub proposer_seat: Option<SeatNo>,
    /// By which road it came.
    pub origin: Origin,
    /// It was executed first and waits to be ratified.
    pub emergency: bool,
    /// When it was opened.
    pub opened_at: OffsetDateTime,
    /// When it ends without a decision.
    pub expires_at: OffsetDateTime,
    /// When it was decided.
    pub decided_at: Option<OffsetDateTime>,
    /// When cooling off ends.
    pub execute_at: Option<OffsetDateTime>,
    /// When it was executed.
    pub executed_at: Option<OffsetDateTime>,
    /// Until when an emergency measure has to be ratified.
    pub ratify_by: Option<OffsetDateTime>,
    /// Since when too few can decide it.
    pub blocked_since: Option<OffsetDateTime>,
    /// One about the same target that differs in effect.
    pub related_id: Option<ProposalId>,
    /// Id that the row made by it will have.
    pub reserved_id: i64,
    /// Why it failed.
    pub failure: Option<String>,
}

/// How far a proposal has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Being written; seen by its author only.
    Draft,
    /// Can be voted on.
    Open,
    /// Carried, and cooling off.
    Approved,
    /// An emergency measure that is in force and waits to be ratified.
    Provisional,
    /// Done.
    Executed,
    /// Could not be done, and is tried again.
    Failed,
    /// Too few are left who could carry it.
    Rejected,
    /// Nobody decided it in time.
    Expired,
    /// Taken back by whoever proposed it.
    Withdrawn,
    /// A stricter one about the same target was executed.
    Superseded,
    /// An emergency measure that was not ratified.
    RolledBack,
    /// A draft that was thrown away.
    Discarded,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 12] = [
        Self::Draft,
        Self::Open,
        Self::Approved,
        Self::Provisional,
        Self::Executed,
        Self::Failed,
        Self::Rejected,
        Self::Expired,
        Self::Withdrawn,
        Self::Superseded,
        Self::RolledBack,
        Self::Discarded,
    ];

    /// The word in the database and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Approved => "approved",
            Self::Provisional => "provisional",
            Self::Executed => "executed",
            Self::Failed => "failed",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
            Self::Superseded => "superseded",
            Self::RolledBack => "rolled_back",
            Self::Discarded => "discarded",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Whether votes still count.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Provisional)
    }

    /// Whether something will still become of it.
    pub const fn is_pending(self) -> bool {
        matches!(
            self,
            Self::Open | Self::Provisional | Self::Approved | Self::Failed
        )
    }
}

/// By which road a proposal came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The console.
    Web,
    /// An app.
    Api,
    /// The command line of the server's machine.
    Cli,
    /// A request from outside, by mail.
    ExternalRequest,
    /// A list that is subscribed to.
    Subscription,
}

impl Origin {
    /// The word in the database and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Api => "api",
            Self::Cli => "cli",
            Self::ExternalRequest => "external_request",
            Self::Subscription => "subscription",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "web" => Self::Web,
            "api" => Self::Api,
            "cli" => Self::Cli,
            "external_request" => Self::ExternalRequest,
            "subscription" => Self::Subscription,
            _ => return None,
        })
    }
}
