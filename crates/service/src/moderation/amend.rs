//! Changing a proposal that is open: everybody votes anew.

use model::moderation::{Answer, ProposalId, proposal::State};

use super::{
    Acting, ProposalView, board,
    digest::digest,
    propose::{self, NewProposal, finish},
    settle,
    tell::{About, Event, tell},
    view,
    vote::{self, Given},
};
use crate::{App, Error, Result};

/// Replaces what is proposed; the revision goes up and all earlier votes are dropped. So only its proposer does it, or else any one
/// moderator could hold off a decision for ever; what the operator has proposed is anybody's. `Conflict` when it is not open any more, or is an emergency measure: what is in force already is ratified or not.
pub async fn amend(
    app: &App,
    acting: &Acting,
    id: ProposalId,
    new: NewProposal,
) -> Result<ProposalView> {
    let new = new.checked()?;
    let seat = acting.seat()?.no;
    let person = acting.officer.person.id;
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let mut proposal = db::moderation::lock_proposal(&mut tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    if view::hidden_from(&mut tx, acting, &proposal).await? {
        return Err(Error::NotFound);
    }
    if proposal.proposer.is_some_and(|proposer| proposer != person) {
        return Err(Error::Forbidden(
            "Only its proposer amends a proposal; open another one instead".into(),
        ));
    }
    let cannot_be_undone = proposal.kind.is_irreversible() || new.kind.is_irreversible();
    if acting.is_an_app() && cannot_be_undone {
        return Err(Error::Forbidden(
            "What cannot be undone is decided in the browser".into(),
        ));
    }
    if proposal.state != State::Open {
        return Err(Error::Conflict("Only open proposals are amended".into()));
    }
    // Recused from what it was, or from what it becomes.
    let mut is_recused = settle::is_recused(&mut tx, app, &proposal, person).await?;
    let governance = board::governance(&mut tx, app).await?;
    let method = acting.proof(&governance, app.clock.now())?;
    let new = NewProposal {
        case_id: new.case_id.or(proposal.case_id),
        ..new
    };
    proposal.report_ids = propose::reports_of(&mut tx, &new).await?;
    proposal.kind = new.kind;
    proposal.params = new.params;
    proposal.targets = new.targets;
    proposal.case_id = new.case_id;
    proposal.status_ids = new.status_ids;
    proposal.rule_ids = new.rule_ids;
    proposal.category = new.category;
    proposal.reason_public = new.reason_public;
    proposal.reason_private = new.reason_private;
    proposal.notice_text = new.notice_text;
    proposal.guideline_version = board::guideline_version(&mut tx, app.clock.now()).await?;
    proposal.proposer = Some(person);
    proposal.proposer_seat = Some(seat);
    proposal.revision += 1;
    proposal.salt = propose::random_salt()?;
    proposal.failure = None;
    proposal.digest = digest(app, &proposal)?;
    db::moderation::replace_proposal(&mut tx, &proposal).await?;
    propose::refuse_unrelated(&mut tx, &proposal).await?;
    is_recused |= settle::is_recused(&mut tx, app, &proposal, person).await?;
    if is_recused {
        return Err(Error::Forbidden("You are recused from this".into()));
    }
    tell(&mut tx, Event::ProposalAmended, About::Proposal(id)).await?;
    let settled = if governance.proposer_counts && !new.without_recommendation {
        let given = Given {
            seat: Some(seat),
            answer: Answer::Approve,
            method,
            comment: String::new(),
        };
        vote::give(&mut tx, app, acting, &mut proposal, given).await?
    } else {
        settle::settle(&mut tx, app, &mut proposal).await?
    };
    finish(app, acting, tx, id, settled).await
}
