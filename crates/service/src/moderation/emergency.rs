//! Measures that cannot wait.

use model::moderation::{
    Answer, Proposal, ProposalId, Vote,
    emergency::{self, Circumstances},
    proposal::State,
    vote::AuthMethod,
};
use sqlx::PgConnection;

use super::{
    Acting, ProposalView, board,
    digest::digest,
    executor::Extent,
    log::EntryKind,
    propose::{self, NewProposal, finish},
    settle::{self, Settled},
    tell::{About, Event, tell},
};
use crate::{App, Error, Result};

/// Takes a measure at once and opens the proposal by which a second moderator has to ratify it (with [`super::vote`]); it is
/// rolled back by itself otherwise. Sent by an app, it becomes a draft that waits for [`propose::confirm_draft`].
///
/// `Forbidden`, with the reason, when it has to wait for a second person.
pub async fn take(app: &App, acting: &Acting, new: NewProposal) -> Result<ProposalView> {
    let new = new.checked()?;
    let seat = acting.seat()?.no;
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let proposer = Some((&acting.officer.person, seat));
    let mut proposal = propose::write(&mut tx, app, new, proposer, State::Draft).await?;
    proposal.emergency = true;
    let settled = if acting.is_an_app() {
        db::moderation::mark_emergency(&mut tx, proposal.id).await?;
        proposal.digest = digest(app, &proposal)?;
        db::moderation::set_progress(&mut tx, &proposal).await?;
        Settled::default()
    } else {
        begin(&mut tx, app, acting, &mut proposal).await?
    };
    finish(app, acting, tx, proposal.id, settled).await
}

/// The same by the operator on the server's machine: as many moderators have to ratify it as decide anything.
pub async fn take_for_operator(app: &App, new: NewProposal) -> Result<ProposalId> {
    let new = new.checked()?;
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let mut proposal = propose::write(&mut tx, app, new, None, State::Draft).await?;
    let settled = put_in_force(&mut tx, app, &mut proposal, None).await?;
    tx.commit().await?;
    settled.tell(app);
    Ok(proposal.id)
}

/// Puts a draft in force in the name of the moderator who wrote it; that is their approval, too.
pub(super) async fn begin(
    connection: &mut PgConnection,
    app: &App,
    acting: &Acting,
    proposal: &mut Proposal,
) -> Result<Settled> {
    let person = &acting.officer.person;
    acting.seat()?;
    let governance = board::governance(connection, app).await?;
    let method = acting.proof(&governance, app.clock.now())?;
    if settle::is_recused(connection, app, proposal, person.id).await? {
        return Err(Error::Forbidden(
            "You are recused from this, so you cannot act alone on it".into(),
        ));
    }
    put_in_force(connection, app, proposal, Some((acting, method))).await
}

async fn put_in_force(
    connection: &mut PgConnection,
    app: &App,
    proposal: &mut Proposal,
    by: Option<(&Acting, AuthMethod)>,
) -> Result<Settled> {
    let now = app.clock.now();
    let governance = board::governance(connection, app).await?;
    proposal.emergency = true;
    proposal.ratify_by = Some(now + governance.ratified_within());
    let who = by.and_then(|(acting, _)| {
        let seat = acting.officer.seat.as_ref()?;
        Some((seat.no, acting.officer.person.id))
    });
    let circumstances = Circumstances {
        against_office: db::moderation::is_against_office(connection, proposal.id).await?,
        rolled_back_at: db::moderation::rolled_back_at(
            connection,
            proposal.proposer,
            &proposal.targets,
        )
        .await?,
    };
    let warrant = emergency::allow(proposal, who, circumstances, now)
        .map_err(|must_wait| Error::Forbidden(format!("This has to wait: {must_wait}")))?;
    proposal.state = State::Provisional;
    db::moderation::mark_emergency(connection, proposal.id).await?;
    proposal.digest = digest(app, proposal)?;
    db::moderation::set_progress(connection, proposal).await?;
    if let (Some((_, method)), Some((seat, person))) = (by, who) {
        let vote = Vote {
            revision: proposal.revision,
            seat: Some(seat),
            person,
            answer: Answer::Approve,
            digest: proposal.digest,
            method,
            comment: String::new(),
            at: now,
        };
        db::moderation::insert_vote(connection, proposal.id, &vote, None).await?;
    }
    let ballot = settle::ballot(connection, app, proposal).await?;
    let stale = settle::carry_out(
        connection,
        app,
        proposal,
        &ballot,
        &warrant,
        EntryKind::EmergencyExecuted,
        Extent::Provisional,
    )
    .await?;
    if let Some(why) = stale {
        return Err(Error::Conflict(why));
    }
    proposal.executed_at = Some(now);
    db::moderation::set_progress(connection, proposal).await?;
    tell(
        connection,
        Event::EmergencyExecuted,
        About::Proposal(proposal.id),
    )
    .await?;
    let mut settled = settle::settle(connection, app, proposal).await?;
    settled.targets.extend(proposal.targets.iter().cloned());
    Ok(settled)
}
