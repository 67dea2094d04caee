//! Answering a proposal.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use model::moderation::{
    Answer, Proposal, ProposalId, SeatNo,
    vote::{AuthMethod, Digest},
};
use sqlx::PgConnection;

use super::{
    Acting, ProposalView, board,
    propose::{LONGEST_TEXT, ballot_paper, finish},
    settle::{self, Settled},
    view,
};
use crate::{
    App, Error, Result,
    mail::{self, Occasion},
};

/// An answer to a proposal as it was seen.
#[derive(Clone, Debug)]
pub struct Ballot {
    /// Which proposal.
    pub proposal: ProposalId,
    /// What the voter saw.
    pub digest: Digest,
    /// What they answer.
    pub answer: Answer,
    /// Why; compulsory for an objection.
    pub comment: String,
}

/// An answer whose giver is known to be who they say.
pub(super) struct Given {
    pub(super) seat: Option<SeatNo>,
    pub(super) answer: Answer,
    pub(super) method: AuthMethod,
    pub(super) comment: String,
}

/// Takes a vote. The one that carries the proposal executes it, in the same transaction.
///
/// `Conflict` when the proposal has another digest by now or is closed; `Forbidden` when the voter is not eligible or has not
/// proved lately who they are; `NotFound` when it is about the voter.
pub async fn vote(app: &App, acting: &Acting, ballot: Ballot) -> Result<ProposalView> {
    let comment = ballot.comment.trim().to_owned();
    if ballot.answer == Answer::Object && comment.is_empty() {
        return Err(Error::invalid("comment", "ERR_BLANK", "can't be blank"));
    }
    if comment.chars().count() > LONGEST_TEXT {
        return Err(Error::invalid(
            "comment",
            "ERR_TOO_LONG",
            "is longer than 5000 characters",
        ));
    }
    let seat = acting.seat_for(ballot.proposal)?.no;
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let mut proposal = db::moderation::lock_proposal(&mut tx, ballot.proposal)
        .await?
        .ok_or(Error::NotFound)?;
    if view::hidden_from(&mut tx, acting, &proposal).await? {
        return Err(Error::NotFound);
    }
    let governance = board::governance(&mut tx, app).await?;
    let method = acting.proof(&governance, app.clock.now())?;
    if !proposal.state.is_open() {
        return Err(Error::Conflict(format!(
            "This proposal is {} and takes no more votes",
            proposal.state.as_str()
        )));
    }
    if verify_slices_are_equal(&ballot.digest, &proposal.digest).is_err() {
        return Err(Error::Conflict(format!(
            "This proposal was changed: its digest is {} now",
            hex::encode(proposal.digest)
        )));
    }
    let given = Given {
        seat: Some(seat),
        answer: ballot.answer,
        method,
        comment,
    };
    let settled = give(&mut tx, app, acting, &mut proposal, given).await?;
    finish(app, acting, tx, proposal.id, settled).await
}

/// Writes an answer down and counts.
pub(super) async fn give(
    connection: &mut PgConnection,
    app: &App,
    acting: &Acting,
    proposal: &mut Proposal,
    given: Given,
) -> Result<Settled> {
    let person = &acting.officer.person;
    acting.seat_for(proposal.id)?;
    if acting.is_an_app() && proposal.kind.is_irreversible() {
        return Err(Error::Forbidden(
            "What cannot be undone is decided in the browser".into(),
        ));
    }
    let now = app.clock.now();
    let is_late = proposal.ratify_by.is_some_and(|until| until <= now)
        || (proposal.ratify_by.is_none() && proposal.expires_at <= now);
    if is_late {
        return Err(Error::Conflict("Its time is over".into()));
    }
    if settle::is_recused(connection, app, proposal, person.id).await? {
        return Err(Error::Forbidden(
            "You are not among those who decide this".into(),
        ));
    }
    // The seat may have been lost since the request began: what counts is what is so now.
    let seat_now = db::moderation::seat_of(connection, person.id).await?;
    if seat_now.is_none_or(|seat| !seat.is_active_for(proposal.id)) {
        return Err(Error::Forbidden("You do not hold a seat any more".into()));
    }
    let vote = ballot_paper(proposal, person, &given, now);
    db::moderation::insert_vote(connection, proposal.id, &vote, None).await?;
    // An app may do this without its owner noticing (S72).
    let is_by_app = matches!(vote.method, AuthMethod::App | AuthMethod::ApiEffect);
    if let (true, Some(account)) = (is_by_app, person.account_id) {
        let occasion = Occasion::AppVoted {
            proposal: proposal.id.get(),
        };
        mail::tell(connection, account, occasion).await?;
    }
    settle::settle(connection, app, proposal).await
}
