//! What one moderator may do alone, and what becomes of it.

use ::model::moderation::{
    Answer, Field, Kind, Params, Target,
    params::IpSeverity,
    proposal::{Origin, State},
    report::Category,
};
use serde_json::{Value, json};
use service::{
    Error,
    moderation::{
        emergency,
        propose::NewProposal,
        timers, view,
        vote::{self, Ballot},
    },
};
use testkit::{Council, TestApp};
use time::Duration;

fn alone(kind: Kind, target: Target) -> NewProposal {
    NewProposal::new(kind, target, Category::Spam, "A flood of spam", Origin::Web)
}

async fn held(app: &TestApp, target: &Target, field: Field) -> Option<Value> {
    let mut connection = app.db.acquire().await.unwrap();
    db::moderation::state_of(&mut connection, target, field)
        .await
        .unwrap()
}

async fn taken(
    app: &TestApp,
    council: &Council,
    new: NewProposal,
) -> ::model::moderation::ProposalId {
    emergency::take(app, &council.seat(1).await, new)
        .await
        .unwrap()
        .proposal
        .id
}

#[tokio::test]
async fn it_is_in_force_at_once_and_final_when_a_second_ratifies() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);

    let id = taken(&app, &council, alone(Kind::AccountSuspend, target.clone())).await;

    assert!(held(&app, &target, Field::Suspended).await.is_some());
    let ratified = council.approve(2, id).await;
    assert_eq!(ratified.proposal.state, State::Executed);
    app.clock.advance(Duration::days(3));
    timers::run(&app).await.unwrap();
    assert!(held(&app, &target, Field::Suspended).await.is_some());
}

#[tokio::test]
async fn it_is_taken_back_by_itself_when_nobody_ratifies_in_time() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    let id = taken(&app, &council, alone(Kind::AccountLimit, target.clone())).await;

    app.clock.advance(Duration::hours(24) - Duration::SECOND);
    timers::run(&app).await.unwrap();
    assert!(held(&app, &target, Field::Limited).await.is_some());
    app.clock.advance(Duration::SECOND);
    timers::run(&app).await.unwrap();

    assert!(held(&app, &target, Field::Limited).await.is_none());
    let seen = view::proposal(&app, &council.seat(1).await, id)
        .await
        .unwrap();
    assert_eq!(seen.proposal.state, State::RolledBack);
    // The same moderator does not try again at once; another may.
    let again = emergency::take(
        &app,
        &council.seat(1).await,
        alone(Kind::AccountLimit, target.clone()),
    )
    .await;
    assert!(matches!(again, Err(Error::Forbidden(_))));
    emergency::take(
        &app,
        &council.seat(2).await,
        alone(Kind::AccountLimit, target),
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn two_objections_take_it_back_before_its_time() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    let id = taken(&app, &council, alone(Kind::AccountLimit, target.clone())).await;

    for seat in [2, 3] {
        let acting = council.seat(seat).await;
        let seen = view::proposal(&app, &acting, id).await.unwrap();
        let ballot = Ballot {
            proposal: id,
            digest: seen.proposal.digest,
            answer: Answer::Object,
            comment: "This is no spam.".into(),
        };
        vote::vote(&app, &acting, ballot).await.unwrap();
    }

    assert!(held(&app, &target, Field::Limited).await.is_none());
}

#[tokio::test]
async fn what_a_later_decision_has_set_outlives_the_rollback() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    taken(&app, &council, alone(Kind::AccountLimit, target.clone())).await;
    council.carries(Kind::AccountUnlimit, target.clone()).await;
    let again = NewProposal::new(
        Kind::AccountSensitive,
        target.clone(),
        Category::Violation,
        "Unmarked pictures",
        Origin::Web,
    );
    let id = council.propose_all(again).await.proposal.id;
    council.approve(2, id).await;

    app.clock.advance(Duration::days(2));
    timers::run(&app).await.unwrap();

    assert!(held(&app, &target, Field::Limited).await.is_none());
    assert!(held(&app, &target, Field::Sensitive).await.is_some());
}

#[tokio::test]
async fn only_the_closed_list_is_allowed() {
    let app = testkit::app().await;
    let council = app.council().await;
    let acting = council.seat(1).await;
    let tom = Target::Account(app.member("tom").await.id);
    let berta = Target::Account(council.board[0].id);
    let long_block = NewProposal {
        params: Params {
            ip_severity: Some(IpSeverity::NoAccess),
            expires_in: Some(24 * 60 * 60 + 1),
            ..Params::default()
        },
        ..alone(Kind::IpBlock, Target::IpRange("192.0.2.0/24".into()))
    };
    let not_urgent = NewProposal {
        category: Category::Other,
        ..alone(Kind::AccountLimit, tom.clone())
    };
    let refused = [
        alone(Kind::AccountDeleteData, tom.clone()),
        alone(Kind::AccountUnlimit, tom.clone()),
        alone(Kind::StatusDelete, Target::Status(1.into())),
        alone(Kind::AccountLimit, berta.clone()),
        long_block,
        not_urgent,
    ];

    for new in refused {
        let kind = new.kind;
        let answer = emergency::take(&app, &acting, new).await;
        assert!(matches!(answer, Err(Error::Forbidden(_))), "{kind:?}");
    }
    // A compromised account of somebody in office can be frozen.
    emergency::take(&app, &acting, alone(Kind::AccountFreeze, berta))
        .await
        .unwrap();
}

#[tokio::test]
async fn the_operators_takes_two() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    let new = NewProposal {
        origin: Origin::Cli,
        ..alone(Kind::AccountLimit, target.clone())
    };

    let id = emergency::take_for_operator(&app, new).await.unwrap();

    assert!(held(&app, &target, Field::Limited).await.is_some());
    let one = council.approve(1, id).await;
    assert_eq!(one.proposal.state, State::Provisional);
    let two = council.approve(2, id).await;
    assert_eq!(two.proposal.state, State::Executed);
}

#[tokio::test]
async fn posts_said_to_be_illegal_stay_hidden_for_the_board_and_then_come_back() {
    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    let post = tom.posts("something").await;
    let target = Target::Status(post.status.id);
    let new = NewProposal {
        category: Category::IllegalContent,
        ..alone(Kind::StatusHide, target.clone())
    };
    taken(&app, &council, new).await;

    app.clock.advance(Duration::hours(24));
    timers::run(&app).await.unwrap();
    assert_eq!(
        held(&app, &target, Field::Removed).await,
        Some(json!("quarantined"))
    );
    app.clock.advance(Duration::hours(72));
    timers::run(&app).await.unwrap();

    assert_eq!(held(&app, &target, Field::Removed).await, None);
}

#[tokio::test]
async fn an_app_asks_for_a_confirmation_in_the_browser() {
    let app = testkit::app().await;
    let council = app.council().await;
    let target = Target::Account(app.member("tom").await.id);
    let by_app = service::moderation::Acting {
        via: service::moderation::Via::App {
            stepped_up_at: Some(app.clock.now()),
        },
        ..council.seat(1).await
    };

    let draft = emergency::take(&app, &by_app, alone(Kind::AccountLimit, target.clone()))
        .await
        .unwrap();

    assert_eq!(draft.proposal.state, State::Draft);
    assert!(held(&app, &target, Field::Limited).await.is_none());
    assert!(
        view::proposal(&app, &council.seat(2).await, draft.proposal.id)
            .await
            .is_err(),
        "a draft is its author's alone"
    );
    service::moderation::propose::confirm_draft(&app, &council.seat(1).await, draft.proposal.id)
        .await
        .unwrap();
    assert!(held(&app, &target, Field::Limited).await.is_some());
}
