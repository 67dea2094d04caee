//! Telling moderators and the board what waits for them, in the channels the operator has configured.
//!
//! An event is enqueued in the transaction of its cause; the job formats it when it runs. A message carries category, age,
//! link and what is needed: never names of reporters, text of posts or media.

use jobs::{Job, Priority};
use model::moderation::{ProposalId, appeal::AppealId, board::DecisionId, report::CaseId};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use crate::{Result, consequences::enqueue};

/// Something that moderators or the board are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellModerators {
    /// What has happened.
    pub event: Event,
    /// To what.
    pub about: About,
}

impl Job for TellModerators {
    const KIND: &'static str = "tell_moderators";
    const PRIORITY: Priority = Priority::URGENT;
}

/// What has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// `report.created`.
    ReportCreated,
    /// `report.reopened`.
    ReportReopened,
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
    /// Untouched for long: reminders that escalate.
    Reminder,
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
    /// The server.
    Server,
}

/// Enqueues it in the caller's transaction.
pub(crate) async fn tell(connection: &mut PgConnection, event: Event, about: About) -> Result<()> {
    enqueue(connection, &TellModerators { event, about }).await
}

/// Reminds of what has waited for long.
pub(crate) async fn remind(_app: &crate::App) -> Result<()> {
    // STUB of the lead, so that others can compile: the owner of this file replaces it.
    Ok(())
}
