//! Whether a peer can be reached.

use model::Domain;
use service::peers;
use testkit::TestApp;
use time::Duration;

fn peer() -> Domain {
    Domain::parse("mastodon.example").unwrap()
}

/// A delivery fails on each of so many days; whether the last failure gave the peer up.
async fn fails_for(app: &TestApp, days: usize) -> bool {
    let mut given_up = false;
    for _ in 0..days {
        assert!(!given_up, "the peer was given up too early");
        app.clock.advance(Duration::DAY);
        given_up = peers::delivery_failed(app, &peer()).await.unwrap();
    }
    given_up
}

#[tokio::test]
async fn a_peer_is_given_up_when_deliveries_failed_on_seven_distinct_days() {
    let app = testkit::app().await;

    let after_six = fails_for(&app, 6).await;
    let still_there = peers::is_available(&app, &peer()).await.unwrap();
    let after_seven = fails_for(&app, 1).await;

    assert!(!after_six);
    assert!(still_there);
    assert!(after_seven);
    assert!(!peers::is_available(&app, &peer()).await.unwrap());
}

#[tokio::test]
async fn however_many_failures_a_day_is_one_day() {
    let app = testkit::app().await;

    for _ in 0..20 {
        assert!(!peers::delivery_failed(&app, &peer()).await.unwrap());
    }

    assert!(peers::is_available(&app, &peer()).await.unwrap());
}

#[tokio::test]
async fn a_delivery_that_arrives_clears_the_days() {
    let app = testkit::app().await;
    fails_for(&app, 6).await;

    peers::delivery_succeeded(&app, &peer()).await.unwrap();

    assert!(!fails_for(&app, 6).await);
    assert!(peers::is_available(&app, &peer()).await.unwrap());
}

#[tokio::test]
async fn a_peer_that_was_given_up_is_back_when_it_is_heard_from() {
    let app = testkit::app().await;
    // Heard from lately, which must not hide what failed since.
    assert!(!peers::heard_from(&app, &peer()).await.unwrap());
    assert!(fails_for(&app, 7).await);

    let was_given_up = peers::heard_from(&app, &peer()).await.unwrap();
    let again = peers::heard_from(&app, &peer()).await.unwrap();

    assert_eq!((was_given_up, again), (true, false));
    assert!(peers::is_available(&app, &peer()).await.unwrap());
    assert!(!fails_for(&app, 6).await);
}

#[tokio::test]
async fn a_peer_nobody_knows_is_available() {
    let app = testkit::app().await;

    assert!(peers::is_available(&app, &peer()).await.unwrap());
}
