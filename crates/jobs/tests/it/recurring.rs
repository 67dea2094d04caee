//! Jobs that come back.

use std::time::Duration;

use anyhow::anyhow;
use jobs::{Schedule, Worker};

use crate::world::{Diary, NOON, Say, World, say};

fn hourly(world: &World) -> Worker<Diary> {
    world
        .worker()
        .recurring(Schedule::Every(Duration::from_hours(1)), &say("tick"))
}

#[tokio::test]
async fn a_recurring_job_runs_once_with_two_workers() {
    let world = World::new().await;
    let (one, other) = (hourly(&world), hourly(&world));

    for _ in 0..3 {
        let (by_one, by_other) =
            tokio::join!(one.enqueue_due_recurring(), other.enqueue_due_recurring());
        assert_eq!(by_one.unwrap() + by_other.unwrap(), 1);
        one.run_until_idle().await.unwrap();
        world.pass(Duration::from_hours(1));
    }

    assert_eq!(world.diary.read(), ["tick", "tick", "tick"]);
}

#[tokio::test]
async fn one_that_is_unfinished_is_not_joined_by_a_second() {
    let world = World::new().await;
    let worker = hourly(&world);
    worker.enqueue_due_recurring().await.unwrap();
    world.pass(Duration::from_hours(1));

    let added = worker.enqueue_due_recurring().await.unwrap();

    assert_eq!(added, 0);
    assert_eq!(world.unfinished().await, 1);
}

#[tokio::test]
async fn a_missed_time_is_made_up_for_once() {
    let world = World::new().await;
    let worker = hourly(&world);
    worker.enqueue_due_recurring().await.unwrap();
    worker.run_until_idle().await.unwrap();
    world.pass(Duration::from_hours(50));

    for _ in 0..3 {
        worker.enqueue_due_recurring().await.unwrap();
        worker.run_until_idle().await.unwrap();
    }

    assert_eq!(world.diary.read().len(), 2);
}

/// R22: a clean-up that fails for months is seen, because its last success grows old.
#[tokio::test]
async fn only_success_is_recorded_as_success() {
    let world = World::new().await;
    let schedule = Schedule::Every(Duration::from_hours(1));
    let failing = world
        .idler()
        .register(|_, _: Say| async { Err(anyhow!("bad batch").into()) })
        .recurring(schedule, &say("sweep"));
    failing.enqueue_due_recurring().await.unwrap();
    failing.run_until_idle().await.unwrap();

    let before = jobs::recurring(&mut *world.connection().await)
        .await
        .unwrap();
    world.pass(Duration::from_mins(10));
    world.worker().run_until_idle().await.unwrap();
    let after = jobs::recurring(&mut *world.connection().await)
        .await
        .unwrap();

    assert_eq!(before[0].last_enqueued_at, Some(NOON));
    assert_eq!(before[0].last_success_at, None);
    assert_eq!(
        after[0].last_success_at,
        Some(NOON + Duration::from_mins(10))
    );
}

#[tokio::test]
async fn a_new_schedule_replaces_the_old_one() {
    let world = World::new().await;
    let yearly = world
        .worker()
        .recurring(Schedule::cron("0 0 1 1 *").unwrap(), &say("tick"));
    assert_eq!(yearly.enqueue_due_recurring().await.unwrap(), 0);

    let added = hourly(&world).enqueue_due_recurring().await.unwrap();

    assert_eq!(added, 1);
}
