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

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};
    use time::OffsetDateTime;

    use super::*;
    use crate::{
        id::{AccountId, Id},
        moderation::{
            Kind, Params, Person, ProposalId, Target,
            proposal::{Origin, State},
            report::Category,
            seat::{SeatId, SeatState},
            vote::AuthMethod,
        },
    };

    const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    fn proposal() -> Proposal {
        Proposal {
            id: ProposalId::new(1),
            kind: Kind::AccountLimit,
            params: Params::default(),
            targets: vec![Target::Account(AccountId::new(9))],
            state: State::Open,
            revision: 2,
            salt: Vec::new(),
            digest: [2; 32],
            case_id: None,
            report_ids: Vec::new(),
            status_ids: Vec::new(),
            rule_ids: Vec::new(),
            guideline_version: None,
            category: Category::Spam,
            reason_public: String::new(),
            reason_private: String::new(),
            notice_text: String::new(),
            proposer: None,
            proposer_seat: None,
            origin: Origin::Web,
            emergency: false,
            opened_at: NOW,
            expires_at: NOW,
            decided_at: None,
            execute_at: None,
            executed_at: None,
            ratify_by: None,
            blocked_since: None,
            related_id: None,
            reserved_id: 2,
            failure: None,
        }
    }

    fn seat(no: i16, person: i64, state: SeatState, votes_wait: bool) -> Seat {
        Seat {
            id: SeatId::new(person),
            no,
            holder: Person {
                id: Id::new(person),
                account_id: None,
                name: String::new(),
                handle: String::new(),
                votes_wait,
            },
            state,
            appointed_at: NOW,
            ad_hoc_for: None,
        }
    }

    fn vote(person: i64, seat: Option<i16>, answer: Answer, revision: i32, digest: u8) -> Vote {
        Vote {
            revision,
            seat,
            person: Id::new(person),
            answer,
            digest: [digest; 32],
            method: AuthMethod::Test,
            comment: String::new(),
            at: NOW,
        }
    }

    fn seats() -> Vec<Seat> {
        (1..=3)
            .map(|no| seat(no, i64::from(no), SeatState::Active, false))
            .collect()
    }

    fn any_seat_state() -> impl Strategy<Value = SeatState> {
        prop_oneof![
            4 => Just(SeatState::Active),
            1 => Just(SeatState::OnLeave),
            1 => Just(SeatState::Inactive),
            1 => Just(SeatState::NoSecondFactor),
        ]
    }

    fn any_vote() -> impl Strategy<Value = Vote> {
        let answer = prop_oneof![
            3 => Just(Answer::Approve),
            1 => Just(Answer::Object),
            1 => Just(Answer::Abstain),
        ];
        (1..8_i64, any::<bool>(), answer, 1..3_i32, 1..3_u8).prop_map(
            |(person, has_seat, answer, revision, digest)| {
                let no = i16::try_from(person).expect("a small number");
                vote(person, has_seat.then_some(no), answer, revision, digest)
            },
        )
    }

    proptest! {
        // Invariants 1 and 4: whatever is carried stands on enough distinct eligible people who approved exactly this.
        #[test]
        fn whatever_is_carried_was_approved_by_enough_different_people_who_may(
            states in vec((any_seat_state(), any::<bool>()), 0..6),
            recused in vec(1..8_i64, 0..3),
            votes in vec(any_vote(), 0..12),
            threshold in 2..4_usize,
        ) {
            let proposal = proposal();
            let seats: Vec<Seat> = (1..)
                .zip(states)
                .map(|(no, (state, waits))| seat(no, i64::from(no), state, waits))
                .collect();
            let recused: Vec<PersonId> = recused.into_iter().map(Id::new).collect();
            let mut once: Vec<Vote> = Vec::new();
            for vote in votes {
                let is_new = |other: &Vote| {
                    (other.person, other.revision) != (vote.person, vote.revision)
                };
                if once.iter().all(is_new) {
                    once.push(vote);
                }
            }

            if let Outcome::Carried(warrant) = tally(&proposal, &seats, &recused, &once, threshold) {
                let Authority::Quorum { approved_by, .. } = warrant.authority() else {
                    panic!("a tally speaks for a quorum");
                };
                let mut people: Vec<_> = approved_by.iter().map(|approval| approval.person).collect();
                people.sort();
                people.dedup();
                prop_assert!(people.len() >= threshold);
                prop_assert!(approved_by.iter().any(|approval| approval.seat.is_some()));
                for approval in approved_by {
                    let given = once.iter().find(|vote| {
                        vote.person == approval.person
                            && vote.revision == proposal.revision
                            && vote.digest == proposal.digest
                            && vote.answer == Answer::Approve
                    });
                    prop_assert!(given.is_some());
                    if approval.seat.is_some() {
                        let holds = seats.iter().any(|seat| {
                            seat.holder.id == approval.person
                                && seat.state == SeatState::Active
                                && !seat.holder.votes_wait
                        });
                        prop_assert!(holds && !recused.contains(&approval.person));
                    }
                }
            }
        }
    }

    #[test]
    fn the_board_gives_what_is_missing_and_no_more() {
        let alone = vec![seat(1, 1, SeatState::Active, false)];
        let of_board = [
            vote(11, None, Answer::Approve, 2, 2),
            vote(12, None, Answer::Approve, 2, 2),
        ];
        let with_moderator = [vote(1, Some(1), Answer::Approve, 2, 2), of_board[0].clone()];

        let without = tally(&proposal(), &alone, &[], &of_board, 2);
        let with = tally(&proposal(), &alone, &[], &with_moderator, 2);
        let not_needed = tally(&proposal(), &seats(), &[], &with_moderator, 2);

        assert!(matches!(without, Outcome::Blocked));
        assert!(matches!(with, Outcome::Carried(_)));
        assert!(matches!(not_needed, Outcome::Open { approvals: 1, .. }));
    }

    #[test]
    fn two_of_three_who_do_not_want_it_reject_it() {
        let votes = [
            vote(1, Some(1), Answer::Approve, 2, 2),
            vote(2, Some(2), Answer::Object, 2, 2),
            vote(3, Some(3), Answer::Abstain, 2, 2),
        ];

        let one = tally(&proposal(), &seats(), &[], &votes[..2], 2);
        let two = tally(&proposal(), &seats(), &[], &votes, 2);

        assert!(matches!(
            one,
            Outcome::Open {
                approvals: 1,
                needed: 2
            }
        ));
        assert!(matches!(two, Outcome::Rejected));
    }
}
