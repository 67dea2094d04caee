//! Whether a proposal is carried: pure, so that it can be tried on every history.

use super::{
    Answer, PersonId, Proposal, Seat, Vote, Warrant,
    warrant::{Approval, Authority},
};

/// What stands of the votes on a proposal.
#[derive(Debug)]
pub enum Outcome {
    /// Not decided yet.
    Open {
        /// Approvals that count.
        approvals: usize,
        /// Approvals that are needed.
        needed: usize,
    },
    /// Carried: it may be executed.
    Carried(Warrant),
    /// Too few are left who could carry it.
    Rejected,
    /// Too few may vote at all: the board has to help. The threshold is never lowered.
    Blocked,
}

/// Counts the votes on the proposal as it stands.
///
/// A vote counts when it answers this revision and names this digest, and its person holds, now, an active seat and is
/// not recused; each person once. An approval that the board gives (a vote without a seat) counts only beside at
/// least one of a moderator, and only where moderators alone are too few.
pub fn tally(
    proposal: &Proposal,
    seats: &[Seat],
    recused: &[PersonId],
    votes: &[Vote],
    threshold: usize,
) -> Outcome {
    let eligible: Vec<&Seat> = seats
        .iter()
        .filter(|seat| seat.is_active_for(proposal.id) && !recused.contains(&seat.holder.id))
        .collect();
    let cast: Vec<&Vote> = votes
        .iter()
        .filter(|vote| vote.revision == proposal.revision && vote.digest == proposal.digest)
        .collect();
    let of_seat = |seat: &&Seat| {
        cast.iter()
            .find(|vote| vote.seat.is_some() && vote.person == seat.holder.id)
            .copied()
    };

    let mut approved_by: Vec<Approval> = Vec::new();
    let mut against = 0;
    for vote in eligible.iter().filter_map(of_seat) {
        match vote.answer {
            Answer::Approve => approved_by.push(approval(vote)),
            Answer::Object | Answer::Abstain => against += 1,
        }
    }
    let blocked = eligible.len() < threshold;
    if blocked && !approved_by.is_empty() {
        let of_board = cast
            .iter()
            .filter(|vote| vote.seat.is_none() && vote.answer == Answer::Approve);
        for vote in of_board.take(threshold - eligible.len()) {
            if approved_by.iter().all(|given| given.person != vote.person) {
                approved_by.push(approval(vote));
            }
        }
    }

    let approvals = approved_by.len();
    if approvals >= threshold {
        return Outcome::Carried(Warrant::new(Authority::Quorum {
            proposal: proposal.id,
            revision: proposal.revision,
            digest: proposal.digest,
            approved_by,
        }));
    }
    if blocked {
        return Outcome::Blocked;
    }
    if eligible.len() - against < threshold {
        return Outcome::Rejected;
    }
    Outcome::Open {
        approvals,
        needed: threshold,
    }
}

fn approval(vote: &Vote) -> Approval {
    Approval {
        seat: vote.seat,
        person: vote.person,
        method: vote.method,
    }
}
