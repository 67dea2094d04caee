use futures_util::future::join_all;
use model::{Visibility, notification::NotificationKind};
use service::{Error, consequences::Publish, statuses};

use crate::world::{ALL, home, told};

#[tokio::test]
async fn boosting_twice_gives_the_same_boost() {
    // R20
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let hello = alice.posts("hello").await;

    let presses = (0..20).map(|_| statuses::boost(&app, bob.id, hello.status.id, None));
    let boosts: Vec<_> = join_all(presses)
        .await
        .into_iter()
        .map(|boost| boost.unwrap().status.id)
        .collect();

    assert!(boosts.iter().all(|boost| *boost == boosts[0]));
    let view = statuses::get(&app, bob.id.into(), boosts[0]).await.unwrap();
    assert_eq!(
        view.status.uri,
        format!("{}/statuses/{}/activity", bob.account.uri, boosts[0])
    );
    let original = view.boost_of.unwrap();
    assert_eq!(original.status.boosts_count, 1);
    assert!(original.marks.unwrap().boosted);
    assert_eq!(
        told(&app, alice.id).await,
        [(NotificationKind::Boost, bob.id, Some(hello.status.id))]
    );
}

#[tokio::test]
async fn taking_a_boost_back_leaves_the_post() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let hello = alice.posts("hello").await;
    let boost = statuses::boost(&app, bob.id, hello.status.id, None)
        .await
        .unwrap();

    let view = statuses::unboost(&app, bob.id, hello.status.id)
        .await
        .unwrap();

    assert_eq!(view.status.id, hello.status.id);
    assert_eq!(view.status.boosts_count, 0);
    assert!(!view.marks.unwrap().boosted);
    assert!(
        statuses::get(&app, bob.id.into(), boost.status.id)
            .await
            .is_err()
    );
    assert!(told(&app, alice.id).await.is_empty());
    assert_eq!(bob.now().await.statuses_count, 0);
    let again = statuses::boost(&app, bob.id, hello.status.id, None)
        .await
        .unwrap();
    assert_ne!(again.status.id, boost.status.id);
}

#[tokio::test]
async fn what_is_not_for_everybody_is_boosted_by_its_author_only() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    bob.follows(&alice).await;
    let private = alice.posts("for friends").followers_only().await;
    let direct = alice.posts("for @bob").direct().await;

    let by_bob = statuses::boost(&app, bob.id, private.status.id, None)
        .await
        .unwrap_err();
    let of_direct = statuses::boost(&app, alice.id, direct.status.id, None)
        .await
        .unwrap_err();
    let by_alice = statuses::boost(&app, alice.id, private.status.id, Some(Visibility::Public))
        .await
        .unwrap();

    assert!(matches!(by_bob, Error::Forbidden(_)));
    assert!(matches!(of_direct, Error::Forbidden(_)));
    assert_eq!(by_alice.status.visibility, Visibility::Private);
}

#[tokio::test]
async fn a_boost_shows_followers_a_post_of_somebody_they_do_not_follow_once() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let carol = app.member("carol").await;
    let dora = app.member("dora").await;
    dora.follows(&bob).await;
    dora.follows(&carol).await;
    let hello = alice.posts("hello").await;

    let first = statuses::boost(&app, bob.id, hello.status.id, None)
        .await
        .unwrap();
    statuses::boost(&app, carol.id, hello.status.id, None)
        .await
        .unwrap();

    assert_eq!(home(&app, dora.id).await, [first.status.id]);
    let boosters = statuses::boosted_by(&app, dora.id.into(), hello.status.id, ALL)
        .await
        .unwrap();
    assert_eq!(boosters.len(), 2);
    assert!(
        app.enqueued::<Publish>().await.is_empty(),
        "nobody elsewhere hears of it"
    );
}

#[tokio::test]
async fn taking_it_back_many_times_counts_once() {
    // R20
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let carol = app.member("carol").await;
    let hello = alice.posts("hello").await.status.id;
    statuses::boost(&app, bob.id, hello, None).await.unwrap();
    statuses::boost(&app, carol.id, hello, None).await.unwrap();

    let presses = (0..10).map(|_| statuses::unboost(&app, bob.id, hello));
    let answers = join_all(presses).await;

    assert!(answers.iter().all(Result::is_ok));
    let view = statuses::get(&app, alice.id.into(), hello).await.unwrap();
    assert_eq!(view.status.boosts_count, 1);
}
