//! A peer's account asks to follow a member.

use model::account::INSTANCE_ACTOR;
use service::{
    App,
    consequences::{Answer, AnswerFollow},
    members,
    relationships::{self, ReceivedFollow},
};
use testkit::TestApp;

use super::world::{blocks, bond, counts, moved};
use crate::parallel::at_once;

const FOLLOW: &str = "https://mastodon.example/follows/1";

async fn answers(app: &TestApp) -> Vec<(Answer, String)> {
    let told: Vec<AnswerFollow> = app.enqueued().await;
    told.into_iter().map(|job| (job.answer, job.uri)).collect()
}

#[tokio::test]
async fn an_unlocked_member_is_followed_and_accepts() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;

    let outcome = relationships::receive_follow(&app, mia.id, alice.id, FOLLOW)
        .await
        .unwrap();

    assert_eq!(outcome, ReceivedFollow::Accepted);
    assert_eq!(counts(&app, &alice).await, (1, 0));
    assert_eq!(answers(&app).await, [(Answer::Accept, FOLLOW.to_owned())]);
    assert_eq!(
        relationships::find_by_uri(&app, FOLLOW).await.unwrap(),
        Some((mia.id, alice.id))
    );
}

#[tokio::test]
async fn a_locked_member_decides() {
    let app = testkit::app().await;
    let alice = app.member("alice").locked().await;
    let mia = app.remote("mia@mastodon.example").await;

    let outcome = relationships::receive_follow(&app, mia.id, alice.id, FOLLOW)
        .await
        .unwrap();

    assert_eq!(outcome, ReceivedFollow::Pending);
    assert!(bond(&app, &alice, &mia).await.requested_by);
    assert!(answers(&app).await.is_empty());
}

#[tokio::test]
async fn asked_again_under_another_id_the_answer_is_repeated_for_the_newer_one() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    relationships::receive_follow(&app, mia.id, alice.id, FOLLOW)
        .await
        .unwrap();
    app.forget_jobs().await;

    let newer = "https://mastodon.example/follows/2";
    let outcome = relationships::receive_follow(&app, mia.id, alice.id, newer)
        .await
        .unwrap();

    assert_eq!(outcome, ReceivedFollow::Accepted);
    assert_eq!(counts(&app, &alice).await, (1, 0));
    assert_eq!(answers(&app).await, [(Answer::Accept, newer.to_owned())]);
    assert_eq!(
        relationships::find_by_uri(&app, newer).await.unwrap(),
        Some((mia.id, alice.id))
    );
}

#[tokio::test]
async fn a_follower_who_asks_again_stays_one_though_the_member_is_locked_now() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    mia.follows(&alice).await;
    sqlx::query("UPDATE accounts SET locked = true")
        .execute(&app.db)
        .await
        .unwrap();

    let outcome = relationships::receive_follow(&app, mia.id, alice.id, FOLLOW)
        .await
        .unwrap();

    assert_eq!(outcome, ReceivedFollow::Accepted);
}

#[tokio::test]
async fn fifty_follows_at_once_are_one() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    let (follower, followed) = (mia.id, alice.id);

    // R20
    let outcomes = at_once(&app, 50, |app: App, _| async move {
        relationships::receive_follow(&app, follower, followed, FOLLOW).await
    })
    .await;

    assert!(
        outcomes
            .iter()
            .all(|outcome| matches!(outcome, Ok(ReceivedFollow::Accepted))),
        "{outcomes:?}"
    );
    assert_eq!(counts(&app, &alice).await, (1, 0));
}

#[tokio::test]
async fn whoever_is_blocked_is_rejected() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    blocks(&app, &alice, mia.id).await;

    let outcome = relationships::receive_follow(&app, mia.id, alice.id, FOLLOW)
        .await
        .unwrap();

    assert_eq!(outcome, ReceivedFollow::Rejected);
    assert_eq!(counts(&app, &alice).await, (0, 0));
    assert_eq!(answers(&app).await, [(Answer::Reject, FOLLOW.to_owned())]);
}

#[tokio::test]
async fn nobody_follows_somebody_who_has_moved_nor_the_server_itself() {
    let app = testkit::app().await;
    members::ensure_instance_actor(&app).await.unwrap();
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    moved(&app, &alice, mia.id).await;

    for target in [alice.id, INSTANCE_ACTOR] {
        let outcome = relationships::receive_follow(&app, mia.id, target, FOLLOW)
            .await
            .unwrap();

        assert_eq!(outcome, ReceivedFollow::Rejected, "{target}");
    }
}

#[tokio::test]
async fn limited_accounts_and_those_of_limited_servers_wait_for_the_member() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let limited = app.remote("limited@mastodon.example").await;
    sqlx::query("UPDATE accounts SET silenced_at = now() WHERE id = $1")
        .bind(limited.id.get())
        .execute(&app.db)
        .await
        .unwrap();
    let from_limited_server = app.remote("mia@social.noisy.example").await;
    sqlx::query("INSERT INTO domain_blocks (domain, id, severity, created_at) VALUES ('noisy.example', 1, 'silence', now())")
        .execute(&app.db)
        .await
        .unwrap();

    for asker in [limited, from_limited_server] {
        let uri = format!("{}#follow", asker.account.uri);

        let outcome = relationships::receive_follow(&app, asker.id, alice.id, &uri)
            .await
            .unwrap();

        assert_eq!(outcome, ReceivedFollow::Pending, "{}", asker.account.uri);
    }
    assert_eq!(counts(&app, &alice).await, (0, 0));
}
