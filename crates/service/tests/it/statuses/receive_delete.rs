use model::{Viewer, Visibility, notification::NotificationKind};
use service::{
    statuses,
    statuses::{Arrival, Received, ReceivedDelete, Undone},
};
use time::Duration;

use crate::world::{arrives, post, sees, told};

#[tokio::test]
async fn what_was_deleted_stays_deleted_however_often_it_is_sent() {
    // S10
    let app = testkit::app().await;
    let mia = app.remote("mia@mastodon.example").await;
    let leo = app.remote("leo@gts.example").await;
    let hello = post(&mia, "hello");
    let id = arrives(&app, hello.clone()).await;
    let boost = "https://gts.example/boost";
    statuses::receive_boost(&app, leo.id, id, boost, Visibility::Public, None)
        .await
        .unwrap()
        .unwrap();

    let outcome = statuses::receive_delete(&app, mia.id, &hello.uri)
        .await
        .unwrap();
    app.clock.advance(Duration::days(400));
    let replay = statuses::receive(&app, hello.clone(), Arrival::Fetched)
        .await
        .unwrap();
    let boost_again = statuses::receive_boost(&app, leo.id, id, boost, Visibility::Public, None)
        .await
        .unwrap();

    assert_eq!(outcome, ReceivedDelete::Deleted);
    assert_eq!(replay, Received::Tombstoned);
    assert_eq!(boost_again, None);
    assert!(!sees(&app, Viewer::Anybody, id).await);
    assert_eq!(mia.now().await.statuses_count, 0);
    assert_eq!(leo.now().await.statuses_count, 0);
}

#[tokio::test]
async fn a_delete_that_overtakes_its_create_wins_for_six_hours() {
    let app = testkit::app().await;
    let mia = app.remote("mia@mastodon.example").await;
    let hello = post(&mia, "hello");

    let early = statuses::receive_delete(&app, mia.id, &hello.uri)
        .await
        .unwrap();
    let late = statuses::receive(&app, hello.clone(), Arrival::Fetched)
        .await
        .unwrap();
    app.clock.advance(Duration::hours(7));
    let forgotten = statuses::receive(&app, hello, Arrival::Fetched)
        .await
        .unwrap();

    assert_eq!(early, ReceivedDelete::Unknown);
    assert_eq!(late, Received::Tombstoned);
    assert!(matches!(forgotten, Received::New(_)));
}

#[tokio::test]
async fn nobody_deletes_what_is_not_theirs_not_even_before_it_comes() {
    // S01
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    let neighbour = app.remote("neighbour@mastodon.example").await;
    let evil = app.remote("evil@evil.example").await;
    let id = arrives(&app, post(&mia, "hello")).await;
    let ours = alice.posts("hello").await;
    let later = post(&mia, "later");

    for (who, uri) in [
        (neighbour.id, &post(&mia, "hello").uri),
        (evil.id, &post(&mia, "hello").uri),
        (evil.id, &ours.status.uri),
        (evil.id, &later.uri),
    ] {
        assert_eq!(
            statuses::receive_delete(&app, who, uri).await.unwrap(),
            ReceivedDelete::NotOwner
        );
    }

    assert!(sees(&app, Viewer::Anybody, id).await);
    assert!(sees(&app, Viewer::Anybody, ours.status.id).await);
    assert!(matches!(
        statuses::receive(&app, later, Arrival::Fetched)
            .await
            .unwrap(),
        Received::New(_)
    ));
}

#[tokio::test]
async fn a_boost_is_undone_by_its_booster_only_and_does_not_come_back() {
    // S01, S10
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    let evil = app.remote("evil@evil.example").await;
    let hello = alice.posts("hello").await.status.id;
    let uri = "https://mastodon.example/boosts/1";
    let boost = || statuses::receive_boost(&app, mia.id, hello, uri, Visibility::Public, None);
    let first = boost().await.unwrap().unwrap();
    let again = boost().await.unwrap().unwrap();

    let by_evil = statuses::receive_unboost(&app, evil.id, Undone::Uri(uri))
        .await
        .unwrap();
    let told_between = told(&app, alice.id).await;
    let by_mia = statuses::receive_unboost(&app, mia.id, Undone::Uri(uri))
        .await
        .unwrap();

    assert_eq!(first, again);
    assert!(!by_evil);
    assert_eq!(
        told_between,
        [(NotificationKind::Boost, mia.id, Some(hello))]
    );
    assert!(by_mia);
    assert!(told(&app, alice.id).await.is_empty());
    assert_eq!(boost().await.unwrap(), None);
    assert_eq!(
        statuses::get(&app, alice.id.into(), hello)
            .await
            .unwrap()
            .status
            .boosts_count,
        0
    );
}

#[tokio::test]
async fn a_like_counts_once_is_undone_by_its_owner_and_needs_sight() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    let evil = app.remote("evil@evil.example").await;
    let hello = alice.posts("hello").await.status.id;
    let secret = alice.posts("secret").followers_only().await.status.id;
    let uri = "https://mastodon.example/likes/1";

    assert!(
        statuses::receive_favourite(&app, mia.id, hello, uri)
            .await
            .unwrap()
    );
    assert!(
        statuses::receive_favourite(&app, mia.id, hello, uri)
            .await
            .unwrap()
    );
    assert!(
        !statuses::receive_favourite(&app, mia.id, secret, "https://mastodon.example/likes/2")
            .await
            .unwrap()
    );
    let count = || async {
        statuses::get(&app, alice.id.into(), hello)
            .await
            .unwrap()
            .status
            .favourites_count
    };
    assert_eq!(count().await, 1);
    assert!(
        !statuses::receive_unfavourite(&app, evil.id, Undone::Uri(uri))
            .await
            .unwrap()
    );
    assert!(
        statuses::receive_unfavourite(&app, mia.id, Undone::Uri(uri))
            .await
            .unwrap()
    );
    assert_eq!(count().await, 0);
}

#[tokio::test]
async fn an_undo_that_overtakes_its_like_wins() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    let hello = alice.posts("hello").await.status.id;
    let uri = "https://mastodon.example/likes/1";

    let undone = statuses::receive_unfavourite(&app, mia.id, Undone::Uri(uri))
        .await
        .unwrap();
    let late = statuses::receive_favourite(&app, mia.id, hello, uri)
        .await
        .unwrap();

    assert!(!undone);
    assert!(!late);
}

#[tokio::test]
async fn a_peer_boosts_only_what_everybody_may_see() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    mia.follows(&alice).await;
    let secret = alice.posts("for friends").followers_only().await.status.id;

    let uri = "https://mastodon.example/boosts/1";
    let boost = statuses::receive_boost(&app, mia.id, secret, uri, Visibility::Public, None)
        .await
        .unwrap();

    assert_eq!(boost, None);
}
