use futures_util::future::join_all;
use model::notification::NotificationKind;
use service::{
    consequences::{SendLike, SendUndoLike},
    statuses,
};

use crate::world::{ALL, arrives, post, told};

#[tokio::test]
async fn favouriting_twice_counts_once() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let hello = alice.posts("hello").await;

    let presses = (0..20).map(|_| statuses::favourite(&app, bob.id, hello.status.id));
    let answers = join_all(presses).await;

    assert!(
        answers
            .iter()
            .all(|answer| answer.as_ref().unwrap().status.favourites_count == 1)
    );
    assert_eq!(
        told(&app, alice.id).await,
        [(NotificationKind::Favourite, bob.id, Some(hello.status.id))]
    );
    let fans = statuses::favourited_by(&app, alice.id.into(), hello.status.id, ALL)
        .await
        .unwrap();
    assert_eq!(fans.len(), 1);
}

#[tokio::test]
async fn taking_it_back_leaves_nothing() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let hello = alice.posts("hello").await;
    statuses::favourite(&app, bob.id, hello.status.id)
        .await
        .unwrap();

    statuses::unfavourite(&app, bob.id, hello.status.id)
        .await
        .unwrap();
    let view = statuses::unfavourite(&app, bob.id, hello.status.id)
        .await
        .unwrap();

    assert_eq!(view.status.favourites_count, 0);
    assert!(!view.marks.unwrap().favourited);
    assert!(told(&app, alice.id).await.is_empty());
    assert!(
        statuses::favourites(&app, bob.id, ALL)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_peers_author_is_told_with_one_id_that_the_undo_repeats() {
    let app = testkit::app().await;
    let bob = app.member("bob").await;
    let mia = app.remote("mia@mastodon.example").await;
    let hello = arrives(&app, post(&mia, "hello")).await;

    statuses::favourite(&app, bob.id, hello).await.unwrap();
    statuses::unfavourite(&app, bob.id, hello).await.unwrap();

    let like = app.enqueued::<SendLike>().await.pop().unwrap();
    let undo = app.enqueued::<SendUndoLike>().await.pop().unwrap();
    assert!(like.uri.starts_with(&format!("{}#likes/", bob.account.uri)));
    assert_eq!(undo.uri, like.uri);
}

#[tokio::test]
async fn favouriting_a_boost_favourites_the_post() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let hello = alice.posts("hello").await;
    let boost = statuses::boost(&app, bob.id, hello.status.id, None)
        .await
        .unwrap();

    statuses::favourite(&app, bob.id, boost.status.id)
        .await
        .unwrap();

    let hello = statuses::get(&app, bob.id.into(), hello.status.id)
        .await
        .unwrap();
    assert_eq!(hello.status.favourites_count, 1);
}
