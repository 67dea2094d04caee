//! A peer answers a member who asked to follow (S11).

use service::{
    consequences::SendFollow,
    relationships::{self, AnsweredFollow},
};
use testkit::TestApp;

use super::world::{bond, counts};

async fn asked_under(app: &TestApp) -> String {
    let told: Vec<SendFollow> = app.enqueued().await;
    told.into_iter().next_back().unwrap().uri
}

#[tokio::test]
async fn an_accept_names_the_follow_or_the_member() {
    let app = testkit::app().await;
    let mia = app.remote("mia@mastodon.example").await;
    let alice = app.member("alice").await;
    alice.asks_to_follow(&mia).await;
    let uri = asked_under(&app).await;
    let bob = app.member("bob").await;
    bob.asks_to_follow(&mia).await;

    let by_uri = relationships::receive_accept(&app, mia.id, AnsweredFollow::Uri(&uri))
        .await
        .unwrap();
    let by_member = relationships::receive_accept(&app, mia.id, AnsweredFollow::From(bob.id))
        .await
        .unwrap();

    assert!(by_uri && by_member);
    assert!(bond(&app, &alice, &mia).await.following.is_some());
    assert!(bond(&app, &bob, &mia).await.following.is_some());
    assert_eq!(counts(&app, &mia).await, (2, 0));
    assert_eq!(counts(&app, &alice).await, (0, 1));
}

#[tokio::test]
async fn an_accept_by_somebody_else_changes_nothing() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    let eve = app.remote("eve@mastodon.example").await;
    alice.asks_to_follow(&mia).await;
    let uri = asked_under(&app).await;

    let by_uri = relationships::receive_accept(&app, eve.id, AnsweredFollow::Uri(&uri))
        .await
        .unwrap();
    let by_member = relationships::receive_accept(&app, eve.id, AnsweredFollow::From(alice.id))
        .await
        .unwrap();
    let refused = relationships::receive_reject(&app, eve.id, AnsweredFollow::Uri(&uri))
        .await
        .unwrap();

    assert!(!by_uri && !by_member && !refused);
    assert!(bond(&app, &alice, &mia).await.requested.is_some());
    assert!(bond(&app, &alice, &eve).await.following.is_none());
    assert_eq!(counts(&app, &alice).await, (0, 0));
}

#[tokio::test]
async fn an_accept_that_nobody_waits_for_makes_no_follow() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;

    let unasked = relationships::receive_accept(&app, mia.id, AnsweredFollow::From(alice.id))
        .await
        .unwrap();
    let unknown =
        relationships::receive_accept(&app, mia.id, AnsweredFollow::Uri("https://moot.test/x"))
            .await
            .unwrap();

    assert!(!unasked && !unknown);
    assert!(bond(&app, &alice, &mia).await.following.is_none());
}

#[tokio::test]
async fn a_second_accept_counts_nothing() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    alice.follows(&mia).await;

    let again = relationships::receive_accept(&app, mia.id, AnsweredFollow::From(alice.id))
        .await
        .unwrap();

    assert!(!again);
    assert_eq!(counts(&app, &mia).await, (1, 0));
}

#[tokio::test]
async fn a_reject_ends_a_request_and_also_a_follow_that_was_accepted() {
    for was_accepted in [false, true] {
        let app = testkit::app().await;
        let alice = app.member("alice").await;
        let mia = app.remote("mia@mastodon.example").await;
        alice.asks_to_follow(&mia).await;
        let uri = asked_under(&app).await;
        if was_accepted {
            relationships::receive_accept(&app, mia.id, AnsweredFollow::Uri(&uri))
                .await
                .unwrap();
        }

        let ended = relationships::receive_reject(&app, mia.id, AnsweredFollow::Uri(&uri))
            .await
            .unwrap();

        assert!(ended);
        let bond = bond(&app, &alice, &mia).await;
        assert!(bond.following.is_none() && bond.requested.is_none());
        assert_eq!(counts(&app, &mia).await, (0, 0));
        assert_eq!(counts(&app, &alice).await, (0, 0));
    }
}
