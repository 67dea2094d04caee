//! What the operator reads on the server's machine: proposals as they stand, without a voice of their own.

use model::moderation::{Person, Proposal, ProposalId, Vote};

use super::settle;
use crate::{App, Error, Result};

/// Proposals in one list.
const MOST: i64 = 1000;

/// A proposal with its votes.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The proposal.
    pub proposal: Proposal,
    /// Who proposed it; the operator when `None`.
    pub proposer: Option<Person>,
    /// Answers to this revision, with who gave them.
    pub votes: Vec<(Person, Vote)>,
    /// Approvals that count.
    pub approvals: usize,
    /// Approvals that are needed.
    pub needed: usize,
    /// Too few can vote; it is with the board.
    pub is_blocked: bool,
}

/// Proposals that something will still become of, oldest first.
pub async fn pending(app: &App) -> Result<Vec<Standing>> {
    let mut connection = app.db.acquire().await?;
    let found = db::moderation::pending_proposals(&mut connection, MOST).await?;
    let mut all = Vec::with_capacity(found.len());
    for proposal in found {
        all.push(standing(&mut connection, app, proposal).await?);
    }
    Ok(all)
}

/// One proposal. `NotFound` when there is none.
pub async fn proposal(app: &App, id: ProposalId) -> Result<Standing> {
    let mut connection = app.db.acquire().await?;
    let found = db::moderation::find_proposal(&mut connection, id).await?;
    standing(&mut connection, app, found.ok_or(Error::NotFound)?).await
}

async fn standing(
    connection: &mut sqlx::PgConnection,
    app: &App,
    proposal: Proposal,
) -> Result<Standing> {
    let ballot = settle::ballot(connection, app, &proposal).await?;
    let (approvals, needed, is_blocked) = ballot.standing(&proposal);
    let current: Vec<Vote> = ballot
        .votes
        .iter()
        .filter(|vote| vote.revision == proposal.revision)
        .cloned()
        .collect();
    let mut ids: Vec<_> = current.iter().map(|vote| vote.person).collect();
    ids.extend(proposal.proposer);
    let people = db::moderation::persons(connection, &ids).await?;
    let named = |id| people.iter().find(|person| person.id == id).cloned();
    Ok(Standing {
        proposer: proposal.proposer.and_then(named),
        votes: current
            .into_iter()
            .filter_map(|vote| Some((named(vote.person)?, vote)))
            .collect(),
        approvals,
        needed,
        is_blocked,
        proposal,
    })
}
