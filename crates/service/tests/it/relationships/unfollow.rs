//! Follows end.

use service::{
    consequences::{Answer, AnswerFollow, SendFollow, SendUndoFollow},
    relationships,
};

use super::world::{bond, counts};

#[tokio::test]
async fn a_follow_of_a_member_ends_without_a_word_to_peers() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    alice.follows(&bob).await;
    app.forget_jobs().await;

    let shown = relationships::unfollow(&app, alice.id, bob.id)
        .await
        .unwrap();

    assert!(shown.following.is_none());
    assert_eq!(counts(&app, &alice).await, (0, 0));
    assert_eq!(counts(&app, &bob).await, (0, 0));
    assert!(app.jobs().await.is_empty());
}

#[tokio::test]
async fn a_follow_elsewhere_is_undone_under_the_id_it_had() {
    for is_accepted in [true, false] {
        let app = testkit::app().await;
        let alice = app.member("alice").await;
        let mia = app.remote("mia@mastodon.example").await;
        alice.asks_to_follow(&mia).await;
        if is_accepted {
            alice.follows(&mia).await;
        }
        let begun: Vec<SendFollow> = app.enqueued().await;

        let shown = relationships::unfollow(&app, alice.id, mia.id)
            .await
            .unwrap();

        assert!(shown.following.is_none());
        assert!(shown.requested.is_none());
        let undone: Vec<SendUndoFollow> = app.enqueued().await;
        assert_eq!(undone.len(), 1);
        assert_eq!(undone[0].uri, begun[0].uri);
        assert_eq!(counts(&app, &mia).await, (0, 0));
    }
}

#[tokio::test]
async fn unfollowing_twice_tells_once_and_counts_once() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let mia = app.remote("mia@mastodon.example").await;
    alice.follows(&mia).await;
    bob.follows(&mia).await;

    relationships::unfollow(&app, alice.id, mia.id)
        .await
        .unwrap();
    relationships::unfollow(&app, alice.id, mia.id)
        .await
        .unwrap();

    assert_eq!(app.enqueued::<SendUndoFollow>().await.len(), 1);
    assert_eq!(counts(&app, &mia).await, (1, 0));
}

#[tokio::test]
async fn a_removed_follower_elsewhere_hears_a_reject_of_their_follow() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    relationships::receive_follow(&app, mia.id, alice.id, "https://mastodon.example/follows/1")
        .await
        .unwrap();
    app.forget_jobs().await;

    relationships::remove_follower(&app, alice.id, mia.id)
        .await
        .unwrap();

    assert!(!bond(&app, &alice, &mia).await.followed_by);
    assert_eq!(counts(&app, &alice).await, (0, 0));
    let told: Vec<AnswerFollow> = app.enqueued().await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].answer, Answer::Reject);
    assert_eq!(told[0].uri, "https://mastodon.example/follows/1");
}

#[tokio::test]
async fn a_peers_undo_ends_follow_and_request_alike_and_a_second_one_nothing() {
    let app = testkit::app().await;
    let open = app.member("open").await;
    let locked = app.member("locked").locked().await;
    let mia = app.remote("mia@mastodon.example").await;
    mia.follows(&open).await;
    relationships::receive_follow(
        &app,
        mia.id,
        locked.id,
        "https://mastodon.example/follows/2",
    )
    .await
    .unwrap();

    for member in [&open, &locked] {
        let first = relationships::receive_undo_follow(&app, mia.id, member.id)
            .await
            .unwrap();
        let second = relationships::receive_undo_follow(&app, mia.id, member.id)
            .await
            .unwrap();

        assert_eq!((first, second), (true, false));
        let bond = bond(&app, member, &mia).await;
        assert!(!bond.followed_by && !bond.requested_by);
        assert_eq!(counts(&app, member).await, (0, 0));
    }
}
