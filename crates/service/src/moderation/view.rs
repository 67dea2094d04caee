//! A proposal as those see it who decide it.

use model::moderation::{
    Answer, Person, Proposal, ProposalId, Seat, SeatNo, Vote, proposal::State, seat::SeatState,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Acting, settle};
use crate::{App, Error, Result};

/// A proposal with everything that stands beside it.
#[derive(Clone, Debug)]
pub struct ProposalView {
    /// The proposal.
    pub proposal: Proposal,
    /// Who proposed it; the operator when `None`.
    pub proposer: Option<Person>,
    /// Approvals that count.
    pub approvals: usize,
    /// Approvals that are needed.
    pub needed: usize,
    /// Too few can vote; it is with the board.
    pub is_blocked: bool,
    /// Every seat, and what its holder has answered.
    pub seats: Vec<SeatView>,
    /// Approvals that the board has given.
    pub by_board: Vec<(Person, Vote)>,
    /// What moderators wrote, oldest first.
    pub comments: Vec<CommentView>,
    /// Entries of the log, one for each target that was dealt with.
    pub log_seqs: Vec<i64>,
    /// Posts that were edited by their authors since they were reported.
    pub edited_since: Vec<model::StatusId>,
    /// What the one who looks can do.
    pub own: Own,
}

/// A seat and its answer to a proposal.
#[derive(Clone, Debug)]
pub struct SeatView {
    /// The seat and its holder.
    pub seat: Seat,
    /// Whether its vote counts here.
    pub is_eligible: bool,
    /// Whether its holder is recused.
    pub is_recused: bool,
    /// What was answered to this revision.
    pub vote: Option<Vote>,
}

/// What a moderator wrote.
#[derive(Clone, Debug)]
pub struct CommentView {
    /// Who; this server when `None`.
    pub person: Option<Person>,
    /// Plain text.
    pub text: String,
    /// When.
    pub at: OffsetDateTime,
}

/// What the one who looks can do.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// Their seat.
    pub seat: Option<SeatNo>,
    /// What they have answered.
    pub answer: Option<Answer>,
    /// They can vote, given a fresh proof.
    pub may_vote: bool,
    /// They proposed it, and can take it back or amend it.
    pub is_proposer: bool,
    /// They can stop it while it cools off.
    pub may_stop: bool,
}

/// A proposal as an officer sees it. `NotFound` for whoever is recused because it is about themself.
pub async fn proposal(app: &App, acting: &Acting, id: ProposalId) -> Result<ProposalView> {
    let mut connection = app.db.acquire().await?;
    let found = db::moderation::find_proposal(&mut connection, id).await?;
    let view = view_of(&mut connection, app, acting, found.ok_or(Error::NotFound)?).await?;
    if hidden_from(&mut connection, acting, &view.proposal).await? {
        return Err(Error::NotFound);
    }
    Ok(view)
}

/// Whether somebody does not even see it: it is about them, or somebody else's draft.
pub(super) async fn hidden_from(
    connection: &mut PgConnection,
    acting: &Acting,
    proposal: &Proposal,
) -> Result<bool> {
    if proposal.proposer == Some(acting.officer.person.id) {
        return Ok(false);
    }
    if matches!(proposal.state, State::Draft | State::Discarded) {
        return Ok(true);
    }
    let is_of_another = |seat: &Seat| seat.ad_hoc_for.is_some_and(|only| only != proposal.id);
    if !acting.officer.on_board && acting.officer.seat.as_ref().is_some_and(is_of_another) {
        return Ok(true);
    }
    let person = acting.officer.person.id;
    Ok(db::moderation::is_about(connection, proposal.id, person).await?)
}

/// Puts a view together.
pub(super) async fn view_of(
    connection: &mut PgConnection,
    app: &App,
    acting: &Acting,
    proposal: Proposal,
) -> Result<ProposalView> {
    let ballot = settle::ballot(connection, app, &proposal).await?;
    let (approvals, needed, is_blocked) = ballot.standing(&proposal);
    let own_id = acting.officer.person.id;
    let own_seat = ballot.seats.iter().find(|seat| seat.holder.id == own_id);
    let own_recused = ballot.recused.contains(&own_id);
    let current = |vote: &&Vote| vote.revision == proposal.revision;
    let own = Own {
        seat: own_seat.map(|seat| seat.no),
        answer: ballot
            .votes
            .iter()
            .filter(current)
            .find(|vote| vote.person == own_id)
            .map(|vote| vote.answer),
        may_vote: proposal.state.is_open()
            && !own_recused
            && own_seat.is_some_and(|seat| seat.is_active_for(proposal.id)),
        is_proposer: proposal.proposer == Some(own_id) && proposal.state.is_open(),
        may_stop: proposal.state == State::Approved
            && (acting.officer.on_board
                || own_seat.is_some_and(|seat| seat.state == SeatState::Active)),
    };
    let seats = ballot
        .seats
        .iter()
        .map(|seat| SeatView {
            is_eligible: seat.is_active_for(proposal.id)
                && !ballot.recused.contains(&seat.holder.id),
            is_recused: ballot.recused.contains(&seat.holder.id),
            vote: ballot
                .votes
                .iter()
                .filter(current)
                .find(|vote| vote.seat.is_some() && vote.person == seat.holder.id)
                .cloned(),
            seat: seat.clone(),
        })
        .collect();
    let board_votes: Vec<Vote> = ballot
        .votes
        .iter()
        .filter(current)
        .filter(|vote| vote.seat.is_none())
        .cloned()
        .collect();
    let comments = db::moderation::comments_on(connection, proposal.id).await?;
    let mut ids: Vec<_> = board_votes.iter().map(|vote| vote.person).collect();
    ids.extend(comments.iter().filter_map(|comment| comment.person));
    ids.extend(proposal.proposer);
    let people = db::moderation::persons(connection, &ids).await?;
    let named = |id| people.iter().find(|person| person.id == id).cloned();
    Ok(ProposalView {
        proposer: proposal.proposer.and_then(named),
        approvals,
        needed,
        is_blocked,
        seats,
        by_board: board_votes
            .into_iter()
            .filter_map(|vote| Some((named(vote.person)?, vote)))
            .collect(),
        comments: comments
            .into_iter()
            .map(|row| CommentView {
                person: row.person.and_then(named),
                text: row.text,
                at: row.at,
            })
            .collect(),
        log_seqs: db::moderation::log_seqs_of(connection, proposal.id).await?,
        edited_since: db::moderation::edited_since_reported(connection, proposal.id).await?,
        own,
        proposal,
    })
}
