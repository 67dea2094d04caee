//! What moderators and the board are told of.

use model::{
    AccountId,
    moderation::{ProposalId, appeal::AppealId, board::DecisionId, report::CaseId},
};
use serde::{Deserialize, Serialize};

/// What has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// `report.created`.
    ReportCreated,
    /// `report.reopened`.
    ReportReopened,
    /// `report.updated`: of another sort, or closed.
    ReportUpdated,
    /// `proposal.opened`.
    ProposalOpened,
    /// `proposal.amended`.
    ProposalAmended,
    /// `proposal.decided`, whatever the outcome.
    ProposalDecided,
    /// `proposal.expiring`.
    ProposalExpiring,
    /// `emergency.executed`.
    EmergencyExecuted,
    /// `emergency.ratify_due`.
    EmergencyRatifyDue,
    /// `emergency.rolled_back`.
    EmergencyRolledBack,
    /// `appeal.created`.
    AppealCreated,
    /// `appeal.escalated`, to the board.
    AppealEscalated,
    /// `appeal.decided`.
    AppealDecided,
    /// `case.blocked`: too few can decide; to the board.
    CaseBlocked,
    /// `seat.changed`.
    SeatChanged,
    /// `board.decision`: one waits to be confirmed, or took effect.
    BoardDecision,
    /// `log.checkpoint`.
    LogCheckpoint,
    /// `delivery.failing`.
    DeliveryFailing,
    /// `account.created`: somebody has signed up.
    AccountCreated,
    /// `account.approved`: somebody who had to wait was let in.
    AccountApproved,
    /// `reminder`: untouched for long.
    Reminder,
}

impl Event {
    /// The word that programs are told; Mastodon's where it has one
    /// (<https://docs.joinmastodon.org/admin/webhooks/>).
    pub const fn word(self) -> &'static str {
        match self {
            Self::ReportCreated => "report.created",
            Self::ReportReopened => "report.reopened",
            Self::ReportUpdated => "report.updated",
            Self::ProposalOpened => "proposal.opened",
            Self::ProposalAmended => "proposal.amended",
            Self::ProposalDecided => "proposal.decided",
            Self::ProposalExpiring => "proposal.expiring",
            Self::EmergencyExecuted => "emergency.executed",
            Self::EmergencyRatifyDue => "emergency.ratify_due",
            Self::EmergencyRolledBack => "emergency.rolled_back",
            Self::AppealCreated => "appeal.created",
            Self::AppealEscalated => "appeal.escalated",
            Self::AppealDecided => "appeal.decided",
            Self::CaseBlocked => "case.blocked",
            Self::SeatChanged => "seat.changed",
            Self::BoardDecision => "board.decision",
            Self::LogCheckpoint => "log.checkpoint",
            Self::DeliveryFailing => "delivery.failing",
            Self::AccountCreated => "account.created",
            Self::AccountApproved => "account.approved",
            Self::Reminder => "reminder",
        }
    }

    /// Asks somebody to do something soon; of no use once it is done.
    pub(super) const fn is_a_nudge(self) -> bool {
        matches!(
            self,
            Self::Reminder | Self::ProposalExpiring | Self::EmergencyRatifyDue
        )
    }
}

/// To what something has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// The reports about one account.
    Case(CaseId),
    /// A proposal.
    Proposal(ProposalId),
    /// An appeal.
    Appeal(AppealId),
    /// A decision of the board.
    Decision(DecisionId),
    /// An entry of the log.
    Entry(i64),
    /// An account; never named.
    Account(AccountId),
    /// The server.
    Server,
}
