use ::model::{
    member::Office,
    moderation::{Field, Kind, Target, board::DecisionKind, seat::SeatState},
};
use serde_json::json;
use service::{
    Error,
    moderation::{
        Via,
        board::{directory, seats},
        view,
    },
};

use super::{confirms, newest, records, state};

#[tokio::test]
async fn a_removed_moderators_vote_does_not_count() {
    let app = testkit::app().await;
    let council = app.council().await;
    let eve = app.member("eve").await;
    let proposal = council
        .propose(Kind::AccountLimit, Target::Account(eve.id))
        .await;

    council
        .decide(DecisionKind::RemoveModerator, json!({"seat_no": 1}))
        .await;
    let second = council.approve(2, proposal.proposal.id).await;

    assert_eq!(second.approvals, 1);
    assert!(eve.now().await.silenced_at.is_none());
    let third = council.approve(3, proposal.proposal.id).await;
    assert_eq!(third.approvals, 2);
    assert!(eve.now().await.silenced_at.is_some());
}

#[tokio::test]
async fn a_moderator_steps_down_at_once_and_in_public() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mona = council.seat(1).await;

    seats::step_down(&app, &mona).await.unwrap();
    let again = seats::step_down(&app, &mona).await;

    assert_eq!(seats::vacancies(&app).await.unwrap(), [1]);
    assert!(matches!(again, Err(Error::Forbidden(_))), "{again:?}");
    let (kind, public) = newest(&app).await;
    assert_eq!(kind, "seat.changed");
    assert_eq!(public["action"], "stepped_down");
    assert_eq!(public["proposer"]["handle"], "mona@moot.test");
    assert_eq!(
        seats::past(&app).await.unwrap()[0].end_reason,
        "stepped_down"
    );
    assert_eq!(state(&app, &Target::Seat(1), Field::Holder).await, None);
}

#[tokio::test]
async fn an_open_browser_is_not_enough_to_empty_a_seat() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mut mona = council.seat(1).await;
    mona.via = Via::Browser {
        stepped_up_at: None,
        has_second_factor: true,
    };

    let refused = seats::step_down(&app, &mona).await;

    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    assert!(seats::vacancies(&app).await.unwrap().is_empty());
}

#[tokio::test]
async fn whoever_is_on_leave_does_not_vote_and_comes_back_by_themself() {
    let app = testkit::app().await;
    let council = app.council().await;
    let eve = app.member("eve").await;
    let proposal = council
        .propose(Kind::AccountLimit, Target::Account(eve.id))
        .await;

    seats::leave(&app, &council.seat(1).await).await.unwrap();
    let away = council.approve(2, proposal.proposal.id).await;
    let state_away = state(&app, &Target::Seat(1), Field::Hindered).await;
    seats::come_back(&app, &council.seat(1).await)
        .await
        .unwrap();

    assert_eq!(away.approvals, 1);
    assert_eq!(state_away, Some(json!("on_leave")));
    assert_eq!(state(&app, &Target::Seat(1), Field::Hindered).await, None);
    // With the seat the vote counts again, and there are two.
    assert!(eve.now().await.silenced_at.is_some());
}

#[tokio::test]
async fn a_seat_has_one_holder_and_a_person_one_seat() {
    let app = testkit::app().await;
    let council = app.council().await;
    let ada = app.member("ada").await;
    let mona = council.moderators[0].id.to_string();

    let full = records(
        &app,
        &council,
        0,
        DecisionKind::AppointModerator,
        json!({"account_id": ada.id.to_string()}),
    )
    .await;
    council
        .decide(DecisionKind::RemoveModerator, json!({"seat_no": 3}))
        .await;
    let twice = records(
        &app,
        &council,
        0,
        DecisionKind::AppointModerator,
        json!({"account_id": mona}),
    )
    .await;
    let taken = records(
        &app,
        &council,
        0,
        DecisionKind::AppointModerator,
        json!({"account_id": ada.id.to_string(), "seat_no": 2}),
    )
    .await;
    let beyond = records(
        &app,
        &council,
        0,
        DecisionKind::AppointModerator,
        json!({"account_id": ada.id.to_string(), "seat_no": 4}),
    )
    .await;

    for refused in [full, twice, taken] {
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    }
    assert!(matches!(beyond, Err(Error::Invalid(_))), "{beyond:?}");
}

#[tokio::test]
async fn two_appointments_to_one_vacancy_do_not_both_happen() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (ada, ben) = (app.member("ada").await, app.member("ben").await);
    council
        .decide(DecisionKind::RemoveModerator, json!({"seat_no": 3}))
        .await;
    let appoint = DecisionKind::AppointModerator;
    let first = records(
        &app,
        &council,
        0,
        appoint,
        json!({"account_id": ada.id.to_string()}),
    )
    .await
    .unwrap();
    let second = records(
        &app,
        &council,
        0,
        appoint,
        json!({"account_id": ben.id.to_string()}),
    )
    .await
    .unwrap();

    confirms(&app, &council, 1, &first).await.unwrap();
    let late = confirms(&app, &council, 1, &second).await;

    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    let held = seats::seats(&app).await.unwrap();
    assert_eq!(
        held[2].held.as_ref().unwrap().holder.handle,
        "ada@moot.test"
    );
}

#[tokio::test]
async fn where_groups_say_who_can_be_chosen_nobody_else_is() {
    let app = testkit::app()
        .settings(|settings| {
            settings.sign_in.offices = vec![("club-moderators".into(), Office::Candidate)];
        })
        .await;
    let (ann, bob, ada) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("ada").await,
    );
    service::moderation::board::bootstrap::bootstrap(&app, &[ann.id, bob.id])
        .await
        .unwrap();
    let acting = service::moderation::acting::in_test(&app, ann.id)
        .await
        .unwrap();
    let appoint = || {
        super::new(
            DecisionKind::AppointModerator,
            json!({"account_id": ada.id.to_string()}),
        )
    };

    let early = service::moderation::board::decisions::record(&app, &acting, appoint()).await;
    sqlx::query("UPDATE members SET eligible_for = '{candidate}' WHERE account_id = $1")
        .bind(ada.id.get())
        .execute(&app.db)
        .await
        .unwrap();
    let eligible = service::moderation::board::decisions::record(&app, &acting, appoint()).await;

    assert!(matches!(early, Err(Error::Invalid(_))), "{early:?}");
    assert!(eligible.is_ok(), "{eligible:?}");
}

#[tokio::test]
async fn a_moderator_without_a_second_factor_cannot_vote_until_there_is_one() {
    let app = testkit::app()
        .settings(|settings| settings.sign_in.second_factor_for = vec![Office::Candidate])
        .await;
    let council = app.council().await;
    let blocked = seats::seats(&app).await.unwrap();

    sqlx::query(
        "INSERT INTO totp_secrets (account_id, sealed, last_step, confirmed_at)
              VALUES ($1, '', 0, now())",
    )
    .bind(council.moderators[0].id.get())
    .execute(&app.db)
    .await
    .unwrap();
    directory::follow(&app).await.unwrap();
    let now = seats::seats(&app).await.unwrap();

    let state =
        |seats: &[seats::SeatView], place: usize| seats[place].held.as_ref().map(|seat| seat.state);
    assert_eq!(state(&blocked, 0), Some(SeatState::NoSecondFactor));
    assert_eq!(state(&now, 0), Some(SeatState::Active));
    assert_eq!(state(&now, 1), Some(SeatState::NoSecondFactor));
}

#[tokio::test]
async fn with_too_few_moderators_a_case_is_the_boards_and_the_threshold_stays() {
    let app = testkit::app().await;
    let council = app.council().await;
    let eve = app.member("eve").await;
    let proposal = council
        .propose(Kind::AccountLimit, Target::Account(eve.id))
        .await;

    for seat_no in [2, 3] {
        council
            .decide(DecisionKind::RemoveModerator, json!({"seat_no": seat_no}))
            .await;
    }
    let acting = council.seat(1).await;
    let seen = view::proposal(&app, &acting, proposal.proposal.id)
        .await
        .unwrap();

    assert!(seen.is_blocked);
    assert_eq!(seen.needed, 2);
    assert!(seen.proposal.blocked_since.is_some());
    assert!(eve.now().await.silenced_at.is_none());
}
