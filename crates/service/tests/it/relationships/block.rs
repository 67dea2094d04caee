//! A peer's account blocks a member.

use service::{
    Error,
    relationships::{self, FollowChange},
};

use super::world::{bond, counts};

const BLOCK: &str = "https://mastodon.example/blocks/1";

#[tokio::test]
async fn a_block_ends_both_follows_and_forbids_new_ones() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    alice.follows(&mia).await;
    mia.follows(&alice).await;

    relationships::receive_block(&app, mia.id, alice.id, BLOCK)
        .await
        .unwrap();

    let shown = bond(&app, &alice, &mia).await;
    assert!(shown.blocked_by);
    assert!(shown.following.is_none() && !shown.followed_by);
    assert_eq!(counts(&app, &alice).await, (0, 0));
    assert_eq!(counts(&app, &mia).await, (0, 0));
    let refused = relationships::follow(&app, alice.id, mia.id, FollowChange::default()).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))));
}

#[tokio::test]
async fn a_block_ends_requests_too() {
    let app = testkit::app().await;
    let alice = app.member("alice").locked().await;
    let mia = app.remote("mia@mastodon.example").await;
    alice.asks_to_follow(&mia).await;
    relationships::receive_follow(&app, mia.id, alice.id, "https://mastodon.example/follows/1")
        .await
        .unwrap();

    relationships::receive_block(&app, mia.id, alice.id, BLOCK)
        .await
        .unwrap();

    let shown = bond(&app, &alice, &mia).await;
    assert!(shown.requested.is_none() && !shown.requested_by);
}

#[tokio::test]
async fn a_block_received_twice_is_one_and_ends_with_one_undo() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    relationships::receive_block(&app, mia.id, alice.id, BLOCK)
        .await
        .unwrap();
    relationships::receive_block(&app, mia.id, alice.id, BLOCK)
        .await
        .unwrap();
    assert_eq!(
        relationships::find_block_by_uri(&app, BLOCK).await.unwrap(),
        Some((mia.id, alice.id))
    );

    let first = relationships::receive_undo_block(&app, mia.id, alice.id)
        .await
        .unwrap();
    let second = relationships::receive_undo_block(&app, mia.id, alice.id)
        .await
        .unwrap();

    assert_eq!((first, second), (true, false));
    assert!(!bond(&app, &alice, &mia).await.blocked_by);
}

#[tokio::test]
async fn nobody_undoes_the_block_of_another() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    let eve = app.remote("eve@mastodon.example").await;
    relationships::receive_block(&app, mia.id, alice.id, BLOCK)
        .await
        .unwrap();

    let undone = relationships::receive_undo_block(&app, eve.id, alice.id)
        .await
        .unwrap();

    assert!(!undone);
    assert!(bond(&app, &alice, &mia).await.blocked_by);
}
