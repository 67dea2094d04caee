//! How far a member has read.

use model::timeline::MarkedTimeline::{Home, Notifications};
use service::{App, markers};
use time::Duration;

use crate::parallel::at_once;

#[tokio::test]
async fn a_marker_is_where_it_was_moved_last_and_counts_its_moves() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    markers::set(&app, alice.id, &[(Home, 5)]).await.unwrap();
    app.clock.advance(Duration::HOUR);

    let moved = markers::set(&app, alice.id, &[(Home, 7), (Notifications, 3)])
        .await
        .unwrap();

    assert_eq!(moved.len(), 2);
    let home = markers::get(&app, alice.id, &[Home]).await.unwrap();
    assert_eq!(home.len(), 1);
    assert_eq!((home[0].last_read_id, home[0].version), (7, 2));
    assert_eq!(home[0].updated_at, app.clock.now());
    assert!(
        markers::get(&app, bob.id, &[Home, Notifications])
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn moves_at_once_are_all_counted() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let member = alice.id;

    at_once(&app, 50, |app: App, number| async move {
        markers::set(&app, member, &[(Home, i64::try_from(number).unwrap())])
            .await
            .unwrap()
    })
    .await;

    let home = markers::get(&app, alice.id, &[Home]).await.unwrap();
    assert_eq!(home[0].version, 50);
}

#[tokio::test]
async fn two_markers_moved_in_either_order_at_once_do_not_wait_for_ever() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let member = alice.id;

    let outcomes = at_once(&app, 20, |app: App, number| async move {
        let mut both = [(Home, 1), (Notifications, 1)];
        both.rotate_left(number % 2);
        markers::set(&app, member, &both).await
    })
    .await;

    for outcome in outcomes {
        outcome.unwrap();
    }
}
