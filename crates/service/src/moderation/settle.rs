//! Counting the votes on a proposal, and doing what the count says: the one place where a proposal's state moves.

use model::moderation::{
    Outcome, PersonId, Proposal, Seat, Vote, tally,
};
use sqlx::PgConnection;

use crate::{App, Result};

/// Everything that is counted.
pub(super) struct Ballot {
    pub(super) seats: Vec<Seat>,
    pub(super) recused: Vec<PersonId>,
    pub(super) votes: Vec<Vote>,
    pub(super) threshold: usize,
}

impl Ballot {
    pub(super) fn tally(&self, proposal: &Proposal) -> Outcome {
        tally(proposal, &self.seats, &self.recused, &self.votes, self.threshold)
    }

    /// Approvals that count, how many are needed, and whether too few can vote.
    pub(super) fn standing(&self, outcome: &Outcome) -> (usize, usize, bool) {
        let _ = outcome;
        todo!("lead")
    }
}

/// Loads everything that is counted.
pub(super) async fn ballot(connection: &mut PgConnection, app: &App, proposal: &Proposal) -> Result<Ballot> {
    let _ = (connection, app, proposal);
    todo!("lead")
}
