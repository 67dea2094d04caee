//! The first stage, case by case and at random.

use proptest::prelude::*;
use time::{Duration, OffsetDateTime};

use super::*;
use crate::moderation::{
    Person,
    seat::{SeatId, SeatState},
};

const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

fn appeal() -> Appeal {
    Appeal {
        id: AppealId::new(1),
        strike_id: StrikeId::new(2),
        account_id: AccountId::new(3),
        text: String::new(),
        stage: Stage::Moderators,
        question: None,
        answer: None,
        filed_at: NOW,
        due_at: Some(NOW + Duration::days(7)),
        decided_at: None,
        decision_id: None,
    }
}

fn seat(no: SeatNo, state: SeatState) -> Seat {
    Seat {
        id: SeatId::new(i64::from(no)),
        no,
        holder: Person {
            id: person(no),
            account_id: None,
            name: String::new(),
            handle: String::new(),
            votes_wait: false,
        },
        state,
        appointed_at: NOW,
        ad_hoc_for: None,
    }
}

fn person(no: SeatNo) -> PersonId {
    PersonId::new(i64::from(no))
}

fn vote(no: SeatNo, answer: AppealAnswer) -> AppealVote {
    AppealVote {
        seat: no,
        person: person(no),
        answer,
    }
}

fn word(stage: &FirstStage) -> &'static str {
    match stage {
        FirstStage::Open => "open",
        FirstStage::Overturned(_) => "overturned",
        FirstStage::Upheld => "upheld",
        FirstStage::ToBoard => "board",
    }
}

/// Three seats, of which the first two have approved the decision.
fn with_votes(votes: &[AppealVote]) -> &'static str {
    let seats = [1, 2, 3].map(|no| seat(no, SeatState::Active));
    let approved_by = [person(1), person(2)];
    word(&first_stage(
        &appeal(),
        &seats,
        &[],
        &approved_by,
        votes,
        2,
        NOW,
    ))
}

#[test]
fn two_of_three_decide_and_upholding_takes_the_third() {
    use AppealAnswer::{Overturn, Uphold};
    for (votes, expected) in [
        (vec![], "open"),
        (vec![(1, Overturn)], "open"),
        (vec![(1, Overturn), (2, Overturn)], "overturned"),
        (vec![(1, Overturn), (3, Overturn)], "overturned"),
        (vec![(1, Uphold), (2, Uphold)], "open"),
        (vec![(1, Uphold), (3, Uphold)], "upheld"),
        (vec![(3, Uphold)], "open"),
        (vec![(3, Overturn)], "board"),
        (vec![(3, Overturn), (1, Uphold)], "board"),
        (vec![(3, Uphold), (1, Overturn)], "open"),
        (
            vec![(3, Uphold), (1, Overturn), (2, Overturn)],
            "overturned",
        ),
        (vec![(3, Uphold), (1, Overturn), (2, Uphold)], "upheld"),
        // The same person twice is one.
        (vec![(1, Overturn), (1, Overturn)], "open"),
        // Whoever holds no seat is nobody.
        (vec![(8, Overturn), (9, Overturn)], "open"),
    ] {
        let cast: Vec<AppealVote> = votes
            .iter()
            .map(|(no, answer)| vote(*no, *answer))
            .collect();

        assert_eq!(with_votes(&cast), expected, "{votes:?}");
    }
}

#[test]
fn it_goes_to_the_board_when_nobody_is_left_or_the_time_is_over() {
    let seats = [1, 2, 3].map(|no| seat(no, SeatState::Active));
    let all = [person(1), person(2), person(3)];
    let two = [person(1), person(2)];
    let late = NOW + Duration::days(7);
    let on_leave = [
        seat(1, SeatState::Active),
        seat(2, SeatState::Active),
        seat(3, SeatState::OnLeave),
    ];
    let ask = |seats: &[Seat], recused: &[PersonId], approved: &[PersonId], now| {
        word(&first_stage(
            &appeal(),
            seats,
            recused,
            approved,
            &[],
            2,
            now,
        ))
    };

    assert_eq!(ask(&seats, &[], &all, NOW), "board");
    assert_eq!(ask(&seats, &[], &two, late - Duration::SECOND), "open");
    assert_eq!(ask(&seats, &[], &two, late), "board");
    assert_eq!(ask(&on_leave, &[], &two, NOW), "board");
    assert_eq!(ask(&seats, &[person(3)], &two, NOW), "board");
    assert_eq!(ask(&seats, &[person(1), person(2)], &two, NOW), "board");
}

fn answers() -> impl Strategy<Value = Vec<AppealVote>> {
    let answer = prop_oneof![Just(AppealAnswer::Overturn), Just(AppealAnswer::Uphold)];
    prop::collection::vec(
        (1_i16..7, answer).prop_map(|(no, answer)| vote(no, answer)),
        0..10,
    )
}

fn states() -> impl Strategy<Value = Vec<SeatState>> {
    let state = prop_oneof![
        3 => Just(SeatState::Active),
        1 => Just(SeatState::OnLeave),
        1 => Just(SeatState::Inactive),
    ];
    prop::collection::vec(state, 3..6)
}

proptest! {
    #[test]
    fn whatever_is_decided_was_decided_by_enough_who_may(
        votes in answers(),
        states in states(),
        recused in prop::collection::vec(1_i16..7, 0..3),
        approved in prop::collection::vec(1_i16..7, 0..4),
        threshold in 2_usize..4,
        hours in 0_i64..300,
    ) {
        let seats: Vec<Seat> = (1..).zip(&states).map(|(no, state)| seat(no, *state)).collect();
        let recused: Vec<PersonId> = recused.into_iter().map(person).collect();
        let approved: Vec<PersonId> = approved.into_iter().map(person).collect();
        let now = NOW + Duration::hours(hours);
        let may = |person: &PersonId| {
            !recused.contains(person)
                && seats.iter().any(|seat| seat.holder.id == *person && seat.state == SeatState::Active)
        };
        let who = |answer: AppealAnswer| {
            let mut people: Vec<PersonId> = votes
                .iter()
                .filter(|vote| vote.answer == answer && may(&vote.person))
                .map(|vote| vote.person)
                .collect();
            people.sort_unstable();
            people.dedup();
            people
        };

        match first_stage(&appeal(), &seats, &recused, &approved, &votes, threshold, now) {
            FirstStage::Overturned(warrant) => {
                let Authority::Appeal { by, .. } = warrant.authority() else { panic!() };
                prop_assert!(by.len() >= threshold);
                prop_assert!(by.iter().all(may));
                prop_assert!(who(AppealAnswer::Overturn).len() >= threshold);
            }
            FirstStage::Upheld => {
                let upholding = who(AppealAnswer::Uphold);
                prop_assert!(upholding.len() >= threshold);
                prop_assert!(upholding.iter().any(|person| !approved.contains(person)));
            }
            FirstStage::ToBoard => prop_assert!(who(AppealAnswer::Overturn).len() < threshold),
            FirstStage::Open => {
                prop_assert!(now < NOW + Duration::days(7));
                prop_assert!(seats.iter().map(|seat| seat.holder.id).any(|person| may(&person) && !approved.contains(&person)));
            }
        }
    }
}
