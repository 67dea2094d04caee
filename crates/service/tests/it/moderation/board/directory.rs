use ::model::{
    AccountId,
    member::Office,
    moderation::{Kind, Target, board::DecisionKind, seat::SeatState},
};
use serde_json::json;
use service::{
    App,
    moderation::board::{bootstrap, directory, seats},
};
use testkit::TestApp;

use super::{log, newest};

async fn app_with_a_board_in_the_directory() -> TestApp {
    testkit::app()
        .settings(|settings| settings.sign_in.offices = vec![("board".into(), Office::Board)])
        .await
}

async fn is_in_the_group(app: &App, member: AccountId, offices: &str) {
    sqlx::query("UPDATE members SET eligible_for = $2::text[] WHERE account_id = $1")
        .bind(member.get())
        .bind(offices)
        .execute(&app.db)
        .await
        .unwrap();
}

async fn board(app: &TestApp) -> Vec<String> {
    let board = seats::board(app).await.unwrap();
    board
        .into_iter()
        .map(|member| member.person.handle)
        .collect()
}

#[tokio::test]
async fn who_is_in_the_boards_group_sits_on_the_board_once_everybody_can_read_it() {
    let app = app_with_a_board_in_the_directory().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    for member in [&ann, &bob] {
        is_in_the_group(&app, member.id, "{board}").await;
    }

    directory::follow(&app).await.unwrap();
    directory::follow(&app).await.unwrap();

    assert_eq!(board(&app).await, ["ann@moot.test", "bob@moot.test"]);
    let log = log(&app).await;
    assert_eq!(log.len(), 2, "{log:?}");
    assert_eq!(log[0].0, "board.changed");
    assert_eq!(log[0].1["action"], "joined");
    assert_eq!(log[0].1["person"]["handle"], "ann@moot.test");
}

#[tokio::test]
async fn who_leaves_the_group_leaves_the_board_but_it_is_never_emptied() {
    let app = app_with_a_board_in_the_directory().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    for member in [&ann, &bob] {
        is_in_the_group(&app, member.id, "{board}").await;
    }
    directory::follow(&app).await.unwrap();

    is_in_the_group(&app, ann.id, "{}").await;
    directory::follow(&app).await.unwrap();
    let after_one = board(&app).await;
    let entry = newest(&app).await;
    is_in_the_group(&app, bob.id, "{}").await;
    directory::follow(&app).await.unwrap();

    assert_eq!(after_one, ["bob@moot.test"]);
    assert_eq!(entry.0, "board.changed");
    assert_eq!(entry.1["action"], "left");
    assert_eq!(board(&app).await, ["bob@moot.test"]);
}

#[tokio::test]
async fn a_board_that_the_operator_named_stays_where_the_directory_knows_none() {
    let app = testkit::app().await;
    let council = app.council().await;
    let before = log(&app).await.len();

    directory::follow(&app).await.unwrap();

    assert_eq!(board(&app).await.len(), council.board.len());
    assert_eq!(log(&app).await.len(), before);
}

#[tokio::test]
async fn a_moderator_who_leaves_the_organisation_keeps_the_seat_until_the_board_decides() {
    let app = testkit::app().await;
    let council = app.council().await;
    let eve = app.member("eve").await;
    let proposal = council
        .propose(Kind::AccountLimit, Target::Account(eve.id))
        .await;
    sqlx::query("UPDATE members SET left_at = now() WHERE account_id = $1")
        .bind(council.moderators[0].id.get())
        .execute(&app.db)
        .await
        .unwrap();

    directory::follow(&app).await.unwrap();
    let held = seats::seats(&app).await.unwrap();
    let entry = newest(&app).await;
    let second = council.approve(2, proposal.proposal.id).await;
    council
        .decide(DecisionKind::RemoveModerator, json!({"seat_no": 1}))
        .await;

    let seat = held[0].held.as_ref().unwrap();
    assert_eq!(seat.holder.handle, "mona@moot.test");
    assert_eq!(seat.state, SeatState::Inactive);
    assert_eq!(
        (entry.0.as_str(), &entry.1["action"]),
        ("seat.changed", &json!("blocked"))
    );
    assert_eq!(second.approvals, 1);
    assert_eq!(
        seats::past(&app).await.unwrap()[0].end_reason,
        "left_organisation"
    );
}

#[tokio::test]
async fn a_bootstrapped_member_whom_the_directory_does_not_know_stays() {
    let app = app_with_a_board_in_the_directory().await;
    let (ann, bob, eve) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("eve").await,
    );
    bootstrap::bootstrap(&app, &[ann.id, bob.id]).await.unwrap();
    is_in_the_group(&app, eve.id, "{board}").await;
    sqlx::query(
        "INSERT INTO identities (account_id, source, subject, username, linked_at, seen_at)
              VALUES ($1, 'ldap', 'uuid-bob', 'bob', now(), now())",
    )
    .bind(bob.id.get())
    .execute(&app.db)
    .await
    .unwrap();

    directory::follow(&app).await.unwrap();

    assert_eq!(board(&app).await, ["ann@moot.test", "eve@moot.test"]);
}
