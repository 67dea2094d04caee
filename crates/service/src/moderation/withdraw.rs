//! Taking a proposal back, and stopping one that cools off.

use model::moderation::{ProposalId, proposal::State};

use super::{
    Acting, ProposalView,
    propose::finish,
    settle::{self, Settled},
    tell::{About, Event, tell},
    view,
};
use crate::{App, Error, Result};

/// Takes an own proposal back. `Forbidden` for others, `Conflict` when it is not open; an emergency measure cannot be
/// withdrawn, only not ratified.
pub async fn withdraw(app: &App, acting: &Acting, id: ProposalId) -> Result<ProposalView> {
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let mut proposal = db::moderation::lock_proposal(&mut tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    if view::hidden_from(&mut tx, acting, &proposal).await? {
        return Err(Error::NotFound);
    }
    acting.seat()?;
    if proposal.proposer != Some(acting.officer.person.id) {
        return Err(Error::Forbidden(
            "Only its proposer withdraws a proposal".into(),
        ));
    }
    if proposal.state != State::Open {
        return Err(Error::Conflict("Only open proposals are withdrawn".into()));
    }
    let ballot = settle::ballot(&mut tx, app, &proposal).await?;
    settle::end(&mut tx, app, &mut proposal, &ballot, State::Withdrawn).await?;
    finish(app, acting, tx, id, Settled::default()).await
}

/// Stops a carried proposal while it cools off: back to open, under a new revision. Any one moderator or board member may.
pub async fn stop(app: &App, acting: &Acting, id: ProposalId) -> Result<ProposalView> {
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let mut proposal = db::moderation::lock_proposal(&mut tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    if !acting.officer.on_board {
        acting.seat_for(id)?;
        if settle::is_recused(&mut tx, app, &proposal, acting.officer.person.id).await? {
            return Err(Error::Forbidden("You are recused from this".into()));
        }
    }
    if view::hidden_from(&mut tx, acting, &proposal).await? {
        return Err(Error::NotFound);
    }
    if proposal.state != State::Approved {
        return Err(Error::Conflict(
            "This proposal does not wait to be carried out".into(),
        ));
    }
    settle::open_again(&mut tx, app, &mut proposal).await?;
    db::moderation::set_progress(&mut tx, &proposal).await?;
    let comment = db::moderation::CommentRow {
        person: Some(acting.officer.person.id),
        text: "Stopped while it was cooling off".into(),
        at: app.clock.now(),
    };
    db::moderation::insert_comment(&mut tx, id, &comment).await?;
    tell(&mut tx, Event::ProposalAmended, About::Proposal(id)).await?;
    finish(app, acting, tx, id, Settled::default()).await
}
