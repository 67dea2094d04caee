//! Lanes from outside.

use std::sync::Arc;
use std::time::Duration;

use anyhow::anyhow;
use jobs::{LaneState, drop_lane, lane_state, pause_lane, wake_lane};

use crate::world::{Diary, Say, World, say};

#[tokio::test]
async fn a_paused_lane_waits_and_others_do_not() {
    let world = World::new().await;
    let until = world.now() + Duration::from_hours(1);
    world.enqueue(&say("before").in_lane("down.example")).await;

    pause_lane(&mut *world.connection().await, "down.example", until)
        .await
        .unwrap();
    world.enqueue(&say("after").in_lane("down.example")).await;
    world.enqueue(&say("elsewhere").in_lane("up.example")).await;
    world.worker().run_until_idle().await.unwrap();
    assert_eq!(world.diary.read(), ["elsewhere"]);

    world.pass(Duration::from_hours(1));
    world.worker().run_until_idle().await.unwrap();
    assert_eq!(world.diary.read(), ["elsewhere", "before", "after"]);
}

#[tokio::test]
async fn a_woken_lane_runs_at_once_with_its_retries() {
    let world = World::new().await;
    world.enqueue(&say("tried").in_lane("down.example")).await;
    let failing = world
        .idler()
        .register(|_, _: Say| async { Err(anyhow!("refused").into()) });
    failing.run_until_idle().await.unwrap();
    let mut connection = world.connection().await;
    let until = world.now() + Duration::from_hours(1);
    pause_lane(&mut connection, "down.example", until)
        .await
        .unwrap();

    let woken = wake_lane(&mut connection, "down.example").await.unwrap();
    world.worker().run_until_idle().await.unwrap();

    assert_eq!(woken, 1);
    assert_eq!(world.diary.read(), ["tried"]);
}

#[tokio::test]
async fn what_fails_in_a_lane_paused_meanwhile_waits_with_it() {
    let world = World::new().await;
    let until = world.now() + Duration::from_hours(6);
    world.enqueue(&say("probe").in_lane("down.example")).await;
    let pool = world.database.pool.clone();
    // As a circuit breaker does: the first failure pauses the lane.
    let breaking = world.idler().register(move |_: Arc<Diary>, _: Say| {
        let pool = pool.clone();
        async move {
            let mut connection = pool.acquire().await?;
            pause_lane(&mut connection, "down.example", until).await?;
            Err(anyhow!("timed out").into())
        }
    });

    breaking.run_until_idle().await.unwrap();
    world.pass(Duration::from_hours(5));
    let early = world.worker().run_until_idle().await.unwrap();
    world.pass(Duration::from_hours(1));
    let due = world.worker().run_until_idle().await.unwrap();

    assert_eq!((early.tries(), due.tries()), (0, 1));
}

#[tokio::test]
async fn a_dropped_lane_is_dead_with_its_reason() {
    let world = World::new().await;
    world.enqueue(&say("lost").in_lane("gone.example")).await;
    world.enqueue(&say("kept").in_lane("here.example")).await;

    let dropped = drop_lane(
        &mut *world.connection().await,
        "gone.example",
        "seven days",
        world.now(),
    )
    .await;
    world.worker().run_until_idle().await.unwrap();

    assert_eq!(dropped.unwrap(), 1);
    assert_eq!(world.diary.read(), ["kept"]);
    assert_eq!(
        world.dead().await[0].last_error.as_deref(),
        Some("seven days")
    );
}

#[tokio::test]
async fn a_lane_tells_how_full_it_is() {
    let world = World::new().await;
    world.enqueue(&say("one").in_lane("a")).await;
    world.enqueue(&say("two").in_lane("a")).await;
    let mut connection = world.connection().await;
    let until = world.now() + Duration::from_mins(1);
    pause_lane(&mut connection, "a", until).await.unwrap();

    let state = lane_state(&mut connection, "a").await.unwrap();

    assert_eq!(
        state,
        LaneState {
            waiting: 2,
            running: 0,
            paused_until: Some(until)
        }
    );
}
