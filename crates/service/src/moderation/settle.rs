//! Counting the votes on a proposal, and doing what the count says: the one place where a proposal's state moves.
//!
//! Everything here runs after [`db::moderation::take_turn`], one at a time.

mod carry;
mod entry;
mod roll_back;

use model::{
    AccountId,
    moderation::{
        Kind, Outcome, PersonId, Proposal, Seat, Target, Vote, emergency, proposal::State, tally,
    },
};
use sqlx::PgConnection;

use super::{
    board,
    tell::{About, Event, tell},
};
use crate::{App, Result};

pub(super) use carry::{carry_out, execute, open_again};
pub(super) use roll_back::{end_quarantine, still_ours};

/// Everything that is counted.
#[derive(Clone, Debug)]
pub(super) struct Ballot {
    pub(super) seats: Vec<Seat>,
    pub(super) recused: Vec<PersonId>,
    pub(super) votes: Vec<Vote>,
    pub(super) threshold: usize,
}

impl Ballot {
    /// What stands of it.
    pub(super) fn tally(&self, proposal: &Proposal) -> Outcome {
        tally(
            proposal,
            &self.seats,
            &self.recused,
            &self.votes,
            self.threshold,
        )
    }

    /// Approvals that count, how many are needed, and whether too few can vote.
    pub(super) fn standing(&self, proposal: &Proposal) -> (usize, usize, bool) {
        let counts = |vote: &&Vote| {
            vote.revision == proposal.revision
                && vote.answer == model::moderation::Answer::Approve
                && (vote.seat.is_none()
                    || self.seats.iter().any(|seat| {
                        seat.holder.id == vote.person
                            && seat.is_active_for(proposal.id)
                            && !self.recused.contains(&vote.person)
                    }))
        };
        let approvals = self.votes.iter().filter(counts).count();
        let is_blocked =
            proposal.state.is_open() && matches!(self.tally(proposal), Outcome::Blocked);
        (approvals, self.threshold, is_blocked)
    }
}

/// What decides who is recused without having said so.
#[derive(Clone, Copy)]
struct Count<'a> {
    seats: &'a [Seat],
    declared: &'a [PersonId],
    votes: &'a [Vote],
    threshold: usize,
}

/// Loads everything that is counted.
pub(super) async fn ballot(
    connection: &mut PgConnection,
    app: &App,
    proposal: &Proposal,
) -> Result<Ballot> {
    let governance = board::governance(connection, app).await?;
    let is_left_to_one =
        proposal.kind == Kind::ReportCloseNoAction && !governance.resolve_requires_quorum;
    let threshold = if is_left_to_one {
        1
    } else {
        usize::from(governance.threshold)
    };
    let seats = db::moderation::seats(connection).await?;
    let mut recused = db::moderation::recused_from(connection, proposal.id).await?;
    let votes = db::moderation::votes_on(connection, proposal.id).await?;
    let count = Count {
        seats: &seats,
        declared: &recused,
        votes: &votes,
        threshold,
    };
    recused.extend(recused_by_themselves(connection, proposal, count).await?);
    Ok(Ballot {
        seats,
        recused,
        votes,
        threshold,
    })
}

/// Who is recused without having said so: holders who are a target, reported it, or are the reported account's other self. Who is
/// merely mentioned is recused only while enough others are left: else a post that mentions all moderators would be out
/// of their reach.
///
/// A mention shuts out nobody who has voted already: an author's edit drops no vote.
async fn recused_by_themselves(
    connection: &mut PgConnection,
    proposal: &Proposal,
    count: Count<'_>,
) -> Result<Vec<PersonId>> {
    let Count {
        seats,
        declared,
        votes,
        threshold,
    } = count;
    let involved = db::moderation::involved_in(connection, proposal.id).await?;
    let mentioned = db::moderation::mentioned_in(connection, proposal.id).await?;
    let holds = |accounts: &[AccountId], seat: &Seat| {
        seat.holder
            .account_id
            .is_some_and(|account| accounts.contains(&account))
    };
    let mut recused: Vec<PersonId> = seats
        .iter()
        .filter(|seat| holds(&involved, seat))
        .map(|seat| seat.holder.id)
        .collect();
    let is_left = |seat: &&Seat, recused: &[PersonId]| {
        seat.is_active_for(proposal.id)
            && !declared.contains(&seat.holder.id)
            && !recused.contains(&seat.holder.id)
    };
    let left: Vec<&Seat> = seats
        .iter()
        .filter(|seat| is_left(seat, &recused))
        .collect();
    let unmentioned = left.iter().filter(|seat| !holds(&mentioned, seat)).count();
    let has_voted = |person: PersonId| {
        votes
            .iter()
            .any(|vote| vote.person == person && vote.revision == proposal.revision)
    };
    if unmentioned >= threshold {
        recused.extend(
            left.iter()
                .filter(|seat| holds(&mentioned, seat))
                .map(|seat| seat.holder.id)
                .filter(|person| !has_voted(*person)),
        );
    }
    Ok(recused)
}

/// Whether somebody is recused from a proposal, declared or not.
pub(super) async fn is_recused(
    connection: &mut PgConnection,
    app: &App,
    proposal: &Proposal,
    person: PersonId,
) -> Result<bool> {
    Ok(ballot(connection, app, proposal)
        .await?
        .recused
        .contains(&person))
}

/// What changed besides the database, to be told once it is committed.
#[derive(Clone, Debug, Default)]
#[must_use]
pub(crate) struct Settled {
    /// What was done something to.
    pub(crate) targets: Vec<Target>,
}

impl Settled {
    /// Tells caches and streams. After the commit.
    pub(crate) fn tell(self, app: &App) {
        if !self.targets.is_empty() {
            super::executor::after_commit(app, &self.targets);
        }
    }
}

/// Counts the votes on a proposal and does what they say, if they say anything yet. Called whenever something has changed that
/// they depend on: a vote, a seat, a recusal, the time.
pub(crate) async fn settle(
    connection: &mut PgConnection,
    app: &App,
    proposal: &mut Proposal,
) -> Result<Settled> {
    if !proposal.state.is_open() {
        return Ok(Settled::default());
    }
    let now = app.clock.now();
    let ballot = ballot(connection, app, proposal).await?;
    if proposal.state == State::Open && proposal.expires_at <= now {
        end(connection, app, proposal, &ballot, State::Expired).await?;
        return Ok(Settled::default());
    }
    let outcome = ballot.tally(proposal);
    if let Some(warrant) = emergency::roll_back(proposal, &outcome, now) {
        return roll_back::roll_back(connection, app, proposal, &ballot, &warrant).await;
    }
    match outcome {
        Outcome::Carried(warrant) => {
            proposal.decided_at = Some(now);
            proposal.blocked_since = None;
            if proposal.kind.is_irreversible() && proposal.execute_at.is_none() {
                let governance = board::governance(connection, app).await?;
                proposal.state = State::Approved;
                proposal.execute_at =
                    Some(now + model::moderation::Governance::lasting(governance.cooling_off));
                db::moderation::set_progress(connection, proposal).await?;
                tell(
                    connection,
                    Event::ProposalDecided,
                    About::Proposal(proposal.id),
                )
                .await?;
                return Ok(Settled::default());
            }
            execute(connection, app, proposal, &ballot, &warrant).await
        }
        Outcome::Rejected => {
            end(connection, app, proposal, &ballot, State::Rejected).await?;
            Ok(Settled::default())
        }
        Outcome::Blocked if proposal.blocked_since.is_none() => {
            proposal.blocked_since = Some(now);
            db::moderation::set_progress(connection, proposal).await?;
            tell(connection, Event::CaseBlocked, About::Proposal(proposal.id)).await?;
            Ok(Settled::default())
        }
        Outcome::Open { .. } if proposal.blocked_since.is_some() => {
            proposal.blocked_since = None;
            db::moderation::set_progress(connection, proposal).await?;
            Ok(Settled::default())
        }
        Outcome::Blocked | Outcome::Open { .. } => Ok(Settled::default()),
    }
}

/// Counts the votes on every open proposal again, since what they depend on may have changed: seats, above all.
pub(crate) async fn settle_all(connection: &mut PgConnection, app: &App) -> Result<Settled> {
    let mut all = Settled::default();
    for proposal in db::moderation::pending_proposals(connection, i64::MAX).await? {
        // One may have been superseded by another a moment ago.
        if let Some(mut proposal) = db::moderation::lock_proposal(connection, proposal.id).await? {
            let settled = settle(connection, app, &mut proposal).await?;
            all.targets.extend(settled.targets);
        }
    }
    Ok(all)
}

/// Ends a proposal without effect. Nothing was done, so the public learns only that something internal happened.
pub(super) async fn end(
    connection: &mut PgConnection,
    app: &App,
    proposal: &mut Proposal,
    ballot: &Ballot,
    state: State,
) -> Result<()> {
    proposal.state = state;
    proposal.decided_at = Some(app.clock.now());
    db::moderation::set_progress(connection, proposal).await?;
    let internal = entry::internal(proposal, ballot);
    super::log::append(connection, app, internal).await?;
    tell(
        connection,
        Event::ProposalDecided,
        About::Proposal(proposal.id),
    )
    .await
}
