//! The first stage: with the moderators.

use ::model::moderation::{
    Field, Kind, Target,
    appeal::{AppealAnswer, AppealId, Stage},
    proposal::Origin,
    report::Category,
};
use service::{
    Error,
    mail::{Occasion, SendMail},
    moderation::{Via, appeals, emergency, propose::NewProposal, timers},
};
use testkit::{Council, TestApp};
use time::Duration;

use super::{appealed, entries, limited, stage, strikes};

async fn votes(app: &TestApp, council: &Council, id: AppealId, seat: usize, answer: AppealAnswer) {
    appeals::vote(app, &council.seat(seat).await, id, answer, "")
        .await
        .unwrap();
}

async fn is_limited(app: &TestApp, target: &Target) -> bool {
    let mut connection = app.db.acquire().await.unwrap();
    db::moderation::state_of(&mut connection, target, Field::Limited)
        .await
        .unwrap()
        .is_some()
}

#[tokio::test]
async fn any_two_overturn_and_everything_is_as_before() {
    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    limited(&app, &council, tom.id).await;
    let id = appealed(&app, tom.id).await;
    let target = Target::Account(tom.id);

    votes(&app, &council, id, 1, AppealAnswer::Overturn).await;
    assert!(is_limited(&app, &target).await);
    votes(&app, &council, id, 3, AppealAnswer::Overturn).await;

    assert_eq!(stage(&app, id).await, Stage::Overturned);
    assert!(!is_limited(&app, &target).await);
    assert!(tom.now().await.silenced_at.is_none());
    assert!(strikes(&app, tom.id).await[0].overruled_at.is_some());
    assert_eq!(entries(&app, 1).await, ["appeal.overturned"]);
}

#[tokio::test]
async fn upholding_takes_the_one_who_had_not_approved() {
    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    limited(&app, &council, tom.id).await;
    let id = appealed(&app, tom.id).await;

    votes(&app, &council, id, 1, AppealAnswer::Uphold).await;
    votes(&app, &council, id, 2, AppealAnswer::Uphold).await;
    assert_eq!(stage(&app, id).await, Stage::Moderators);
    votes(&app, &council, id, 3, AppealAnswer::Uphold).await;

    assert_eq!(stage(&app, id).await, Stage::Upheld);
    assert!(is_limited(&app, &Target::Account(tom.id)).await);
    assert_eq!(entries(&app, 1).await, ["appeal.upheld"]);
    let letters = app.enqueued::<SendMail>().await;
    assert!(
        letters
            .iter()
            .any(|letter| letter.account_id == tom.id && letter.occasion == Occasion::AppealUpheld)
    );
}

#[tokio::test]
async fn when_the_third_disagrees_it_goes_to_the_board() {
    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    limited(&app, &council, tom.id).await;
    let id = appealed(&app, tom.id).await;

    votes(&app, &council, id, 3, AppealAnswer::Overturn).await;

    assert_eq!(stage(&app, id).await, Stage::Board);
    let late = appeals::vote(&app, &council.seat(1).await, id, AppealAnswer::Overturn, "").await;
    assert!(matches!(late, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn when_all_had_approved_it_is_the_boards_at_once() {
    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    let new = NewProposal::new(
        Kind::AccountLimit,
        Target::Account(tom.id),
        Category::Spam,
        "A flood of spam",
        Origin::Web,
    );
    let taken = emergency::take(&app, &council.seat(1).await, new)
        .await
        .unwrap();
    council.approve(2, taken.proposal.id).await;
    // The third agrees as well, as far as the books go.
    sqlx::query(
        "INSERT INTO votes (id, proposal_id, revision, seat_no, person_id, answer, digest, auth_method, at)
         SELECT snowflake(now()), proposal_id, revision, 3, $2, answer, digest, auth_method, at FROM votes
          WHERE proposal_id = $1 LIMIT 1",
    )
    .bind(taken.proposal.id.get())
    .bind(council.seat(3).await.officer.person.id.get())
    .execute(&app.db)
    .await
    .unwrap();

    let id = appealed(&app, tom.id).await;

    assert_eq!(stage(&app, id).await, Stage::Board);
}

#[tokio::test]
async fn an_emergency_that_was_ratified_is_undone_exactly() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (tom, ada) = (app.member("tom").await, app.member("ada").await);
    ada.follows(&tom).await;
    let post = tom.posts("hello").await.status.id;
    let new = NewProposal::new(
        Kind::AccountSuspend,
        Target::Account(tom.id),
        Category::Spam,
        "A flood of spam",
        Origin::Web,
    );
    let taken = emergency::take(&app, &council.seat(1).await, new)
        .await
        .unwrap();
    council.approve(2, taken.proposal.id).await;
    let id = appealed(&app, tom.id).await;
    assert!(!crate::world::sees(&app, ada.id, post).await);

    votes(&app, &council, id, 2, AppealAnswer::Overturn).await;
    votes(&app, &council, id, 3, AppealAnswer::Overturn).await;

    assert_eq!(stage(&app, id).await, Stage::Overturned);
    assert!(!tom.now().await.is_suspended());
    assert!(crate::world::sees(&app, ada.id, post).await);
    let follows: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM follows WHERE follower_id = $1 AND followee_id = $2",
    )
    .bind(ada.id.get())
    .bind(tom.id.get())
    .fetch_one(&app.db)
    .await
    .unwrap();
    assert_eq!(follows, 1);
}

#[tokio::test]
async fn after_seven_days_it_goes_on_by_itself() {
    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    limited(&app, &council, tom.id).await;
    let id = appealed(&app, tom.id).await;

    app.clock.advance(Duration::days(7) - Duration::SECOND);
    timers::run(&app).await.unwrap();
    assert_eq!(stage(&app, id).await, Stage::Moderators);
    app.clock.advance(Duration::SECOND);
    timers::run(&app).await.unwrap();

    assert_eq!(stage(&app, id).await, Stage::Board);
}

#[tokio::test]
async fn a_later_decision_about_the_same_thing_is_not_undone_along() {
    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    let target = Target::Account(tom.id);
    limited(&app, &council, tom.id).await;
    let id = appealed(&app, tom.id).await;
    council.carries(Kind::AccountUnlimit, target.clone()).await;
    council.carries(Kind::AccountLimit, target.clone()).await;

    votes(&app, &council, id, 1, AppealAnswer::Overturn).await;
    votes(&app, &council, id, 2, AppealAnswer::Overturn).await;

    assert_eq!(stage(&app, id).await, Stage::Overturned);
    assert!(is_limited(&app, &target).await);
}

#[tokio::test]
async fn nobody_answers_without_a_fresh_proof_nor_about_themself() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mona = &council.moderators[0];
    let new = NewProposal::new(
        Kind::AccountLimit,
        Target::Account(mona.id),
        Category::Violation,
        "Insults others",
        Origin::Web,
    );
    let proposed = service::moderation::propose::propose(&app, &council.seat(2).await, new)
        .await
        .unwrap();
    council.approve(3, proposed.proposal.id).await;
    let id = appealed(&app, mona.id).await;
    let mut tired = council.seat(2).await;
    tired.via = Via::Browser {
        stepped_up_at: None,
        has_second_factor: true,
    };

    let about_self =
        appeals::vote(&app, &council.seat(1).await, id, AppealAnswer::Overturn, "").await;
    let seen = appeals::view(&app, &council.seat(1).await, id).await;
    let unproved = appeals::vote(&app, &tired, id, AppealAnswer::Uphold, "").await;

    assert!(matches!(about_self, Err(Error::NotFound)));
    assert!(matches!(seen, Err(Error::NotFound)));
    assert!(matches!(unproved, Err(Error::Forbidden(_))));
    assert_eq!(
        stage(&app, id).await,
        Stage::Board,
        "nobody is left who had not approved"
    );
}

#[tokio::test]
async fn moderators_ask_once_and_the_member_answers_once() {
    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    limited(&app, &council, tom.id).await;
    let id = appealed(&app, tom.id).await;

    let early = appeals::answer(&app, tom.id, id, "Well").await;
    appeals::ask(&app, &council.seat(1).await, id, "Who was it?")
        .await
        .unwrap();
    let second = appeals::ask(&app, &council.seat(2).await, id, "And when?").await;
    appeals::answer(&app, tom.id, id, "My cat").await.unwrap();
    let again = appeals::answer(&app, tom.id, id, "My dog").await;

    assert!(matches!(early, Err(Error::Conflict(_))));
    assert!(matches!(second, Err(Error::Conflict(_))));
    assert!(matches!(again, Err(Error::Conflict(_))));
    let view = appeals::view(&app, &council.seat(3).await, id)
        .await
        .unwrap();
    assert_eq!(view.appeal.answer.as_deref(), Some("My cat"));
    assert!(view.own.may_vote && !view.own.may_ask && !view.own.may_decide);
    assert_eq!(view.approved_by.len(), 2);
}
