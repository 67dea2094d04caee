//! How the queue is doing.

use std::time::Duration;

use jobs::{Stats, enqueue_at, enqueue_many, stats};

use crate::world::{World, claim_and_die, say};

#[tokio::test]
async fn an_empty_queue_has_no_lag() {
    let world = World::new().await;

    let stats = stats(&mut *world.connection().await, world.now())
        .await
        .unwrap();

    assert_eq!(stats, Stats::default());
}

#[tokio::test]
async fn every_job_is_counted_in_its_place() {
    let world = World::new().await;
    let mut connection = world.connection().await;
    let tomorrow = world.now() + Duration::from_hours(24);
    enqueue_many(
        &mut connection,
        &[say("a").in_lane("x"), say("b").in_lane("x")],
    )
    .await
    .unwrap();
    claim_and_die(&mut connection, world.now()).await;
    enqueue_many(&mut connection, &[say("c").in_lane("x")])
        .await
        .unwrap();
    enqueue_at(&mut connection, &say("d"), tomorrow)
        .await
        .unwrap();

    let stats = stats(&mut connection, world.now()).await.unwrap();

    assert_eq!(
        (stats.ready, stats.scheduled, stats.running, stats.dead),
        (1, 1, 2, 0)
    );
    assert_eq!(stats.kinds[0].kind, "say");
    assert!(stats.oldest_ready.is_some());
}
