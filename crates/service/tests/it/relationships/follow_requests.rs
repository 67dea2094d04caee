//! A member answers those who ask to follow.

use model::Page;
use service::{
    Error,
    consequences::{Answer, AnswerFollow},
    relationships::{self, ReceivedFollow},
};

use super::world::{bond, counts};

const FOLLOW: &str = "https://mastodon.example/follows/1";

#[tokio::test]
async fn an_accepted_asker_follows_and_their_server_hears_of_it() {
    let app = testkit::app().await;
    let alice = app.member("alice").locked().await;
    let mia = app.remote("mia@mastodon.example").await;
    relationships::receive_follow(&app, mia.id, alice.id, FOLLOW)
        .await
        .unwrap();

    let shown = relationships::accept_request(&app, alice.id, mia.id)
        .await
        .unwrap();

    assert!(shown.followed_by);
    assert!(!shown.requested_by);
    assert_eq!(counts(&app, &alice).await, (1, 0));
    let told: Vec<AnswerFollow> = app.enqueued().await;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].answer, told[0].uri.as_str()),
        (Answer::Accept, FOLLOW)
    );
}

#[tokio::test]
async fn a_rejected_asker_does_not_follow_and_their_server_hears_of_it() {
    let app = testkit::app().await;
    let alice = app.member("alice").locked().await;
    let mia = app.remote("mia@mastodon.example").await;
    relationships::receive_follow(&app, mia.id, alice.id, FOLLOW)
        .await
        .unwrap();

    let shown = relationships::reject_request(&app, alice.id, mia.id)
        .await
        .unwrap();

    assert!(!shown.followed_by && !shown.requested_by);
    assert_eq!(counts(&app, &alice).await, (0, 0));
    let told: Vec<AnswerFollow> = app.enqueued().await;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].answer, told[0].uri.as_str()),
        (Answer::Reject, FOLLOW)
    );
}

#[tokio::test]
async fn between_members_no_server_hears_of_answers() {
    let app = testkit::app().await;
    let alice = app.member("alice").locked().await;
    let bob = app.member("bob").await;
    let eve = app.member("eve").await;
    bob.asks_to_follow(&alice).await;
    eve.asks_to_follow(&alice).await;

    relationships::accept_request(&app, alice.id, bob.id)
        .await
        .unwrap();
    relationships::reject_request(&app, alice.id, eve.id)
        .await
        .unwrap();

    assert!(bond(&app, &bob, &alice).await.following.is_some());
    assert!(bond(&app, &eve, &alice).await.requested.is_none());
    assert!(app.enqueued::<AnswerFollow>().await.is_empty());
}

#[tokio::test]
async fn what_nobody_asked_cannot_be_answered() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").locked().await;
    let eve = app.member("eve").await;
    // Asks Bob, and not Eve.
    alice.asks_to_follow(&bob).await;

    let accepted = relationships::accept_request(&app, eve.id, alice.id).await;
    let rejected = relationships::reject_request(&app, eve.id, alice.id).await;

    assert!(matches!(accepted, Err(Error::NotFound)));
    assert!(matches!(rejected, Err(Error::NotFound)));
    assert!(bond(&app, &alice, &bob).await.requested.is_some());
}

#[tokio::test]
async fn requests_are_listed_newest_first_a_page_at_a_time() {
    let app = testkit::app().await;
    let alice = app.member("alice").locked().await;
    for name in ["one", "two", "three"] {
        let asker = app.remote(&format!("{name}@mastodon.example")).await;
        let uri = format!("https://mastodon.example/follows/{name}");
        let outcome = relationships::receive_follow(&app, asker.id, alice.id, &uri)
            .await
            .unwrap();
        assert_eq!(outcome, ReceivedFollow::Pending);
    }

    let first = relationships::requests(&app, alice.id, Page::newest(2))
        .await
        .unwrap();
    let older = Page {
        max_id: Some(first[1].cursor),
        ..Page::newest(2)
    };
    let second = relationships::requests(&app, alice.id, older)
        .await
        .unwrap();

    let names: Vec<_> = first
        .iter()
        .chain(&second)
        .map(|asking| asking.item.username.as_str())
        .collect();
    assert_eq!(names, ["three", "two", "one"]);
}
