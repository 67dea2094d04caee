use ::model::moderation::{
    Kind, Target,
    board::{DecisionKind, DecisionState},
    proposal::State,
};
use serde_json::json;
use service::{
    Error,
    moderation::{
        acting,
        board::{current_governance, decisions, seats},
        view,
    },
};

use super::{confirms, log, new, newest, person, records};

#[tokio::test]
async fn one_of_the_board_alone_changes_nothing() {
    let app = testkit::app().await;
    let council = app.council().await;
    let before = log(&app).await.len();

    let view = records(
        &app,
        &council,
        0,
        DecisionKind::RemoveModerator,
        json!({"seat_no": 1}),
    )
    .await
    .unwrap();

    assert_eq!(view.decision.state, DecisionState::Recorded);
    assert_eq!(seats::vacancies(&app).await.unwrap(), [] as [i16; 0]);
    assert_eq!(log(&app).await.len(), before);
}

#[tokio::test]
async fn who_records_does_not_confirm() {
    let app = testkit::app().await;
    let council = app.council().await;
    let view = records(
        &app,
        &council,
        0,
        DecisionKind::RemoveModerator,
        json!({"seat_no": 1}),
    )
    .await
    .unwrap();

    let own = confirms(&app, &council, 0, &view).await;

    assert!(matches!(own, Err(Error::Forbidden(_))), "{own:?}");
    assert!(seats::vacancies(&app).await.unwrap().is_empty());
}

/// S68: what is confirmed is what was seen.
#[tokio::test]
async fn another_digest_is_refused() {
    let app = testkit::app().await;
    let council = app.council().await;
    let view = records(
        &app,
        &council,
        0,
        DecisionKind::RemoveModerator,
        json!({"seat_no": 1}),
    )
    .await
    .unwrap();
    let acting = council.acting(&council.board[1]).await;

    let blind = decisions::confirm(&app, &acting, view.decision.id, [7; 32]).await;
    // Somebody has changed it in the database: the digest is counted anew, not believed.
    sqlx::query("UPDATE board_decisions SET params = '{\"seat_no\": 2}'")
        .execute(&app.db)
        .await
        .unwrap();
    let changed = decisions::confirm(&app, &acting, view.decision.id, view.decision.digest).await;

    assert!(matches!(blind, Err(Error::Conflict(_))), "{blind:?}");
    assert!(matches!(changed, Err(Error::Conflict(_))), "{changed:?}");
    assert!(seats::vacancies(&app).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_confirmed_decision_stands_in_the_log_with_the_names_of_those_who_took_it() {
    let app = testkit::app().await;
    let council = app.council().await;
    let view = records(
        &app,
        &council,
        0,
        DecisionKind::RemoveModerator,
        json!({"seat_no": 1}),
    )
    .await
    .unwrap();

    let done = confirms(&app, &council, 1, &view).await.unwrap();
    let again = confirms(&app, &council, 2, &view).await;

    assert_eq!(done.decision.state, DecisionState::Confirmed);
    assert_eq!(seats::vacancies(&app).await.unwrap(), [1]);
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    let (kind, public) = newest(&app).await;
    assert_eq!(kind, "board.decision");
    assert_eq!(public["action"], "remove_moderator");
    assert_eq!(public["text"], "So decided.");
    assert_eq!(public["minutes_url"], "https://club.example/minutes/7");
    assert_eq!(public["person"]["handle"], "mona@moot.test");
    let by: Vec<_> = public["approved_by"]
        .as_array()
        .unwrap()
        .iter()
        .map(|person| person["handle"].as_str().unwrap())
        .collect();
    assert_eq!(by, ["berta@moot.test", "boris@moot.test"]);
    assert_eq!(done.log_seqs.len(), 1);
}

#[tokio::test]
async fn as_many_confirm_as_the_board_has_decided() {
    let app = testkit::app().await;
    let council = app.council().await;
    council
        .decide(
            DecisionKind::ChangeGovernance,
            json!({"changes": {"board_confirmations": 2}}),
        )
        .await;
    let view = records(
        &app,
        &council,
        0,
        DecisionKind::RemoveModerator,
        json!({"seat_no": 1}),
    )
    .await
    .unwrap();

    let first = confirms(&app, &council, 1, &view).await.unwrap();
    let twice = confirms(&app, &council, 1, &view).await.unwrap();
    let second = confirms(&app, &council, 2, &view).await.unwrap();

    assert_eq!(first.decision.state, DecisionState::Recorded);
    assert_eq!(twice.decision.state, DecisionState::Recorded);
    assert_eq!(second.decision.state, DecisionState::Confirmed);
}

#[tokio::test]
async fn no_decision_lets_one_person_act_alone() {
    let app = testkit::app().await;
    let council = app.council().await;

    for changes in [
        json!({"threshold": 1}),
        json!({"threshold": 4}),
        json!({"seats": 2}),
        json!({"board_confirmations": 0}),
        json!({"board_confirmations": 3}),
        json!({"ratify_hours": 200}),
        json!({"threshold": "two"}),
        json!({"nonsense": 1}),
        json!({"threshold": 2}),
    ] {
        let refused = records(
            &app,
            &council,
            0,
            DecisionKind::ChangeGovernance,
            json!({ "changes": changes }),
        )
        .await;

        assert!(
            matches!(refused, Err(Error::Invalid(_) | Error::Conflict(_))),
            "{changes}: {refused:?}"
        );
    }
    assert_eq!(current_governance(&app).await.unwrap().threshold, 2);
}

#[tokio::test]
async fn a_changed_setting_is_public_and_holds() {
    let app = testkit::app().await;
    let council = app.council().await;

    council
        .decide(
            DecisionKind::ChangeGovernance,
            json!({"changes": {"ratify_hours": 48, "threshold": 3}}),
        )
        .await;

    let governance = current_governance(&app).await.unwrap();
    assert_eq!((governance.ratify_hours, governance.threshold), (48, 3));
    let (_, public) = newest(&app).await;
    assert_eq!(
        public["changes"],
        json!({"ratify_hours": {"from": 24, "to": 48}, "threshold": {"from": 2, "to": 3}})
    );
}

#[tokio::test]
async fn a_decision_taken_back_is_never_confirmed() {
    let app = testkit::app().await;
    let council = app.council().await;
    let view = records(
        &app,
        &council,
        0,
        DecisionKind::RemoveModerator,
        json!({"seat_no": 1}),
    )
    .await
    .unwrap();

    decisions::withdraw(
        &app,
        &council.acting(&council.board[2]).await,
        view.decision.id,
    )
    .await
    .unwrap();
    let late = confirms(&app, &council, 1, &view).await;

    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    assert!(seats::vacancies(&app).await.unwrap().is_empty());
}

#[tokio::test]
async fn moderators_decide_nothing_for_the_board() {
    let app = testkit::app().await;
    let council = app.council().await;
    let moderator = council.seat(1).await;

    let refused = decisions::record(
        &app,
        &moderator,
        new(DecisionKind::RemoveModerator, json!({"seat_no": 2})),
    )
    .await;

    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
}

#[tokio::test]
async fn a_password_alone_records_nothing() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mut acting = council.acting(&council.board[0]).await;
    for via in [
        acting::Via::Browser {
            stepped_up_at: Some(app.clock.now()),
            has_second_factor: false,
        },
        acting::Via::Browser {
            stepped_up_at: None,
            has_second_factor: true,
        },
        acting::Via::App {
            stepped_up_at: None,
        },
    ] {
        acting.via = via;

        let refused = decisions::record(
            &app,
            &acting,
            new(DecisionKind::RemoveModerator, json!({"seat_no": 2})),
        )
        .await;

        assert!(matches!(refused, Err(Error::Forbidden(_))), "{via:?}");
    }
}

#[tokio::test]
async fn who_has_left_the_board_confirms_nothing_and_recorded_nothing() {
    let app = testkit::app().await;
    let council = app.council().await;
    let view = records(
        &app,
        &council,
        0,
        DecisionKind::RemoveModerator,
        json!({"seat_no": 1}),
    )
    .await
    .unwrap();
    let late = council.acting(&council.board[1]).await;
    for gone in [0, 1] {
        let id = person(&app, &council.board[gone]).await.id.get();
        sqlx::query("UPDATE board_members SET ended_at = now() WHERE person_id = $1")
            .bind(id)
            .execute(&app.db)
            .await
            .unwrap();
    }

    let refused = decisions::confirm(&app, &late, view.decision.id, view.decision.digest).await;
    let counted = confirms(&app, &council, 2, &view).await.unwrap();

    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    assert_eq!(counted.decision.state, DecisionState::Recorded);
    assert!(seats::vacancies(&app).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_board_gives_an_approval_only_where_moderators_are_too_few() {
    let app = testkit::app().await;
    let council = app.council().await;
    let eve = app.member("eve").await;
    let target = Target::Account(eve.id);
    let proposal = council.propose(Kind::AccountLimit, target).await;
    let id = proposal.proposal.id;
    let params = json!({"proposal_id": id.to_string()});
    let early = records(
        &app,
        &council,
        0,
        DecisionKind::SubstituteApproval,
        params.clone(),
    )
    .await;
    for seat_no in [2, 3] {
        council
            .decide(DecisionKind::RemoveModerator, json!({"seat_no": seat_no}))
            .await;
    }

    let decision = records(&app, &council, 0, DecisionKind::SubstituteApproval, params)
        .await
        .unwrap();
    let open = view::proposal(&app, &council.seat(1).await, id)
        .await
        .unwrap();
    confirms(&app, &council, 1, &decision).await.unwrap();
    let done = view::proposal(&app, &council.seat(1).await, id)
        .await
        .unwrap();

    assert!(matches!(early, Err(Error::Conflict(_))), "{early:?}");
    assert_eq!(open.proposal.state, State::Open);
    assert_eq!(done.proposal.state, State::Executed);
    assert!(eve.now().await.silenced_at.is_some());
}

#[tokio::test]
async fn who_voted_as_a_moderator_takes_no_part_in_the_boards_decision_about_it() {
    let app = testkit::app().await;
    let council = app.council().await;
    let eve = app.member("eve").await;
    for seat_no in [1, 2, 3] {
        council
            .decide(DecisionKind::RemoveModerator, json!({"seat_no": seat_no}))
            .await;
    }
    // One of the board takes a seat, which nobody should, and proposes.
    let both = &council.board[2];
    let appointed = records(
        &app,
        &council,
        0,
        DecisionKind::AppointModerator,
        json!({"account_id": both.id.to_string()}),
    )
    .await
    .unwrap();
    confirms(&app, &council, 1, &appointed).await.unwrap();
    let new_proposal = service::moderation::propose::NewProposal::new(
        Kind::AccountLimit,
        Target::Account(eve.id),
        ::model::moderation::report::Category::Violation,
        "Insults others",
        ::model::moderation::proposal::Origin::Web,
    );
    let acting = council.acting(both).await;
    let proposal = service::moderation::propose::propose(&app, &acting, new_proposal)
        .await
        .unwrap();
    let params = json!({"proposal_id": proposal.proposal.id.to_string()});
    let decision = records(&app, &council, 0, DecisionKind::SubstituteApproval, params)
        .await
        .unwrap();

    let own = confirms(&app, &council, 2, &decision).await;

    assert!(
        appointed
            .warnings
            .iter()
            .any(|warning| warning.contains("sits on the board")),
        "{:?}",
        appointed.warnings
    );
    assert!(matches!(own, Err(Error::Forbidden(_))), "{own:?}");
    assert!(eve.now().await.silenced_at.is_none());
}

#[tokio::test]
async fn somebody_named_for_one_case_decides_that_one_and_is_done() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (eve, ada) = (app.member("eve").await, app.member("ada").await);
    let proposal = council
        .propose(Kind::AccountLimit, Target::Account(eve.id))
        .await;
    for seat_no in [2, 3] {
        council
            .decide(DecisionKind::RemoveModerator, json!({"seat_no": seat_no}))
            .await;
    }
    let id = proposal.proposal.id;

    council
        .decide(
            DecisionKind::AppointAdHoc,
            json!({"proposal_id": id.to_string(), "account_id": ada.id.to_string()}),
        )
        .await;
    let acting = council.acting(&ada).await;
    let seen = view::proposal(&app, &acting, id).await.unwrap();
    let ballot = service::moderation::vote::Ballot {
        proposal: id,
        digest: seen.proposal.digest,
        answer: ::model::moderation::Answer::Approve,
        comment: String::new(),
    };
    service::moderation::vote::vote(&app, &acting, ballot)
        .await
        .unwrap();
    service::moderation::timers::run(&app).await.unwrap();

    assert!(eve.now().await.silenced_at.is_some());
    let past = seats::past(&app).await.unwrap();
    assert!(
        past.iter()
            .any(|seat| seat.holder.handle == "ada@moot.test" && seat.end_reason == "case_decided"),
        "{past:?}"
    );
    assert!(acting::officer(&app, ada.id).await.unwrap().is_none());
}
