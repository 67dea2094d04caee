//! What comes of deliveries: success, refusal, silence.

use http::Method;
use testkit::FakeClock;
use time::Duration;

use crate::wire::{Elsewhere, Served};
use crate::world::World;

/// A server with alice, whom mia of mastodon.example follows.
async fn followed() -> (World, testkit::Member) {
    let world = World::new("moot.test", &Elsewhere::default(), &FakeClock::default()).await;
    let alice = world.app.member("alice").await;
    let mia = world.app.remote("mia@mastodon.example").await;
    mia.follows(&alice).await;
    world.app.forget_jobs().await;
    (world, alice)
}

async fn left(world: &World) -> usize {
    world
        .app
        .jobs()
        .await
        .into_iter()
        .filter(|job| job.lane.as_deref() == Some("mastodon.example"))
        .count()
}

#[tokio::test]
async fn an_answer_that_will_not_change_ends_the_delivery() {
    for status in [400, 403, 404, 410, 501] {
        let (world, alice) = followed().await;
        world
            .elsewhere
            .serve("https://mastodon.example/inbox", Served::status(status));

        alice.posts("hello").await;
        world.work().await;

        assert_eq!(left(&world).await, 0, "{status}");
    }
}

#[tokio::test]
async fn an_answer_that_may_change_is_asked_for_again() {
    for status in [401, 408, 429, 500, 503] {
        let (world, alice) = followed().await;
        world
            .elsewhere
            .serve("https://mastodon.example/inbox", Served::status(status));

        alice.posts("hello").await;
        world.work().await;

        assert_eq!(left(&world).await, 1, "{status}");
    }
}

/// R08: a dead host costs a few probes, whatever waits for it.
#[tokio::test]
async fn a_host_that_fails_ten_times_in_a_row_is_left_in_peace() {
    let (world, alice) = followed().await;
    world.elsewhere.silence("mastodon.example");
    for number in 0..30 {
        alice.posts(&format!("post {number}")).await;
    }

    world.work().await;

    assert_eq!(world.elsewhere.sent(&Method::POST).len(), 10);
    assert_eq!(left(&world).await, 30);
}

#[tokio::test]
async fn a_host_that_fails_on_seven_days_is_given_up_until_it_is_heard_from() {
    let (world, alice) = followed().await;
    world.elsewhere.silence("mastodon.example");
    alice.posts("hello").await;
    for _ in 0..8 {
        world.work().await;
        world.app.clock.advance(Duration::days(1));
        alice.posts("another").await;
    }

    world.work().await;
    assert_eq!(
        left(&world).await,
        0,
        "what waited is dropped, and nothing new is queued"
    );

    let domain = model::Domain::parse("mastodon.example").unwrap();
    assert!(
        service::peers::heard_from(&world.app, &domain)
            .await
            .unwrap()
    );
    world.elsewhere.wake("mastodon.example");
    world.elsewhere.forget();
    alice.posts("welcome back").await;
    world.work().await;
    assert_eq!(world.elsewhere.sent(&Method::POST).len(), 1);
}
