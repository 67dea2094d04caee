//! What follows from a decision besides the state it changes.

use model::moderation::{
    Answer, Proposal, ProposalId, Vote, Warrant, board::Decision, document::DocumentKind,
    vote::AuthMethod,
};
use sqlx::PgConnection;

use super::deciders;
use crate::{
    App, Error, Result,
    consequences::enqueue,
    moderation::{
        appeals,
        board::{
            documents::{TellMembers, is_told},
            resolution::Resolution,
        },
        settle::{self, Settled},
    },
};

/// Does what follows.
pub(super) async fn after(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    decision: &Decision,
    resolution: &Resolution,
) -> Result<Settled> {
    match resolution {
        Resolution::SubstituteApproval { proposal_id, .. } => {
            stand_in(connection, app, warrant, decision, *proposal_id).await
        }
        Resolution::DecideAppeal { appeal_id, outcome } => {
            let word = appeals::BoardsWord {
                appeal: *appeal_id,
                outcome: *outcome,
                decision: decision.id,
            };
            appeals::decide_by_board(connection, app, warrant, word).await
        }
        Resolution::DecideQuarantine { proposal_id, .. } => {
            end_quarantine(connection, *proposal_id).await?;
            Ok(Settled::default())
        }
        Resolution::AdoptDocument { kind, .. } => {
            tell_members(connection, *kind).await?;
            Ok(Settled::default())
        }
        Resolution::AppointModerator { .. }
        | Resolution::RemoveModerator { .. }
        | Resolution::ChangeGovernance { .. }
        | Resolution::AppointAdHoc { .. }
        | Resolution::ConfirmReset { .. } => Ok(Settled::default()),
    }
}

/// The board gives the approvals that are missing: as many as there are too few moderators, each by one of those who decided.
async fn stand_in(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    decision: &Decision,
    id: ProposalId,
) -> Result<Settled> {
    let mut proposal: Proposal = db::moderation::lock_proposal(connection, id)
        .await?
        .ok_or(Error::NotFound)?;
    let ballot = settle::ballot(connection, app, &proposal).await?;
    let eligible = ballot
        .seats
        .iter()
        .filter(|seat| seat.is_active_for(proposal.id) && !ballot.recused.contains(&seat.holder.id))
        .count();
    let missing = ballot.threshold.saturating_sub(eligible);
    for person in deciders(warrant).into_iter().take(missing) {
        let vote = Vote {
            revision: proposal.revision,
            seat: None,
            person,
            answer: Answer::Approve,
            digest: proposal.digest,
            method: AuthMethod::Board,
            comment: String::new(),
            at: app.clock.now(),
        };
        db::moderation::insert_vote(connection, proposal.id, &vote, Some(decision.id)).await?;
    }
    settle::settle(connection, app, &mut proposal).await
}

/// The board has spoken: its time does not run out any more.
async fn end_quarantine(connection: &mut PgConnection, id: ProposalId) -> Result<()> {
    let mut proposal = db::moderation::lock_proposal(connection, id)
        .await?
        .ok_or(Error::NotFound)?;
    proposal.execute_at = None;
    Ok(db::moderation::set_progress(connection, &proposal).await?)
}

/// Members are told of what binds them.
async fn tell_members(connection: &mut PgConnection, kind: DocumentKind) -> Result<()> {
    if !is_told(kind) {
        return Ok(());
    }
    let job = TellMembers {
        kind: kind.as_str().into(),
        version: db::moderation::newest_version(connection, kind).await?,
        after: None,
    };
    enqueue(connection, &job).await
}
