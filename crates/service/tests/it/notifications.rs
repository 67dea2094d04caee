use model::notification::NotificationKind;
use service::{
    notifications, notifications::NotificationFilter, statuses, surface, surface::Notice,
};

use crate::world::{ALL, blocks, told};

#[tokio::test]
async fn nobody_is_told_of_themselves_or_of_those_they_block() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let blocked = app.member("blocked").await;
    let hello = alice.posts("hello, myself: @alice").await.status.id;
    blocks(&app, alice.id, blocked.id).await;
    statuses::favourite(&app, alice.id, hello).await.unwrap();

    blocked.posts("@alice!").await;

    assert!(told(&app, alice.id).await.is_empty());
}

#[tokio::test]
async fn the_same_is_told_once() {
    // R20
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let notice = Notice {
        kind: NotificationKind::Follow,
        to: alice.id,
        from: bob.id,
        status: None,
    };
    let mut connection = app.db.acquire().await.unwrap();

    surface::notify(&mut connection, app.clock.now(), notice)
        .await
        .unwrap();
    surface::notify(&mut connection, app.clock.now(), notice)
        .await
        .unwrap();
    let first = told(&app, alice.id).await;
    surface::unnotify(&mut connection, notice).await.unwrap();

    assert_eq!(first, [(NotificationKind::Follow, bob.id, None)]);
    assert!(told(&app, alice.id).await.is_empty());
}

#[tokio::test]
async fn notifications_are_sifted_put_away_and_are_ones_own() {
    // S34
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let hello = alice.posts("hello").await.status.id;
    statuses::favourite(&app, bob.id, hello).await.unwrap();
    bob.posts("@alice hi").await;
    let list = async |filter: NotificationFilter| {
        notifications::list(&app, alice.id, &filter).await.unwrap()
    };
    let all = || NotificationFilter {
        page: ALL,
        kinds: Vec::new(),
        excluded: Vec::new(),
        from: None,
    };

    let favourites = list(NotificationFilter {
        kinds: vec![NotificationKind::Favourite],
        ..all()
    })
    .await;
    let others = list(NotificationFilter {
        excluded: vec![NotificationKind::Favourite],
        ..all()
    })
    .await;
    let of_alice = list(NotificationFilter {
        from: Some(alice.id),
        ..all()
    })
    .await;

    assert_eq!(favourites.len(), 1);
    assert_eq!(others.len(), 1);
    assert!(of_alice.is_empty());
    assert_eq!(
        notifications::unread_count(&app, alice.id, 100)
            .await
            .unwrap(),
        2
    );
    let id = favourites[0].notification.id;
    assert!(notifications::get(&app, bob.id, id).await.is_err());
    assert!(notifications::dismiss(&app, bob.id, id).await.is_err());
    notifications::get(&app, alice.id, id).await.unwrap();
    notifications::dismiss(&app, alice.id, id).await.unwrap();
    assert_eq!(list(all()).await.len(), 1);
    notifications::clear(&app, alice.id).await.unwrap();
    assert!(list(all()).await.is_empty());
}
