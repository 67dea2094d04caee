//! Tries that fail, and jobs that are given up.

use std::sync::Arc;
use std::time::Duration;

use anyhow::anyhow;
use jobs::{DeadPage, Failure, Job, JobId, Repeated, Tally, Worker};
use serde::{Deserialize, Serialize};

use crate::world::{Diary, Say, World, say};

/// A worker whose every try ends as `end` says.
fn failing(world: &World, end: fn() -> Result<(), Failure>) -> Worker<Diary> {
    world
        .idler()
        .register(move |diary: Arc<Diary>, job: Say| async move {
            diary.write(job.words);
            end()
        })
}

#[tokio::test]
async fn a_failed_job_waits_longer_each_time_and_is_dead_after_its_last_try() {
    let world = World::new().await;
    world.enqueue(&say("again")).await;
    let worker = failing(&world, || Err(anyhow!("no luck").into()));

    let mut waits = Vec::new();
    for minutes in [0, 1, 1, 1, 9] {
        world.pass(Duration::from_mins(minutes));
        waits.push(worker.run_until_idle().await.unwrap());
    }

    let retried = Tally {
        retried: 1,
        ..Tally::default()
    };
    let died = Tally {
        died: 1,
        ..Tally::default()
    };
    assert_eq!(
        waits,
        [retried, retried, Tally::default(), died, Tally::default()]
    );
    let dead = &world.dead().await[0];
    assert_eq!(dead.last_error.as_deref(), Some("no luck"));
    assert_eq!(dead.attempts, 3);
}

#[tokio::test]
async fn a_handler_may_know_better_when_to_return() {
    let world = World::new().await;
    world.enqueue(&say("busy")).await;
    let worker = failing(&world, || {
        Err(Failure::retry_after(
            Duration::from_secs(5),
            anyhow!("Retry-After"),
        ))
    });
    worker.run_until_idle().await.unwrap();

    world.pass(Duration::from_secs(5));
    let tally = worker.run_until_idle().await.unwrap();

    assert_eq!(tally.tries(), 1);
}

#[tokio::test]
async fn a_peer_that_asks_for_eternity_gets_a_week() {
    let world = World::new().await;
    world.enqueue(&say("never")).await;
    let worker = failing(&world, || {
        Err(Failure::retry_after(Duration::MAX, anyhow!("Retry-After")))
    });
    worker.run_until_idle().await.unwrap();

    world.pass(jobs::LONGEST_BACKOFF);
    let tally = worker.run_until_idle().await.unwrap();

    assert_eq!(tally.tries(), 1);
}

#[tokio::test]
async fn who_gives_up_is_not_asked_again() {
    let world = World::new().await;
    world.enqueue(&say("gone")).await;
    let worker = failing(&world, || {
        Err(Failure::give_up(anyhow!("410").context("delivering")))
    });

    let tally = worker.run_until_idle().await.unwrap();

    assert_eq!(tally.died, 1);
    assert_eq!(
        world.dead().await[0].last_error.as_deref(),
        Some("delivering: 410")
    );
}

/// S64: a message that makes a handler panic costs one attempt of one job.
#[tokio::test]
async fn a_panic_is_a_failed_attempt_and_nothing_more() {
    let world = World::new().await;
    world.enqueue(&say("poison")).await;
    world.enqueue(&say("bread")).await;
    let worker = world
        .idler()
        .register(|diary: Arc<Diary>, job: Say| async move {
            assert_ne!(job.words, "poison", "swallowed");
            diary.write(job.words);
            Ok(())
        });

    let tally = worker.run_until_idle().await.unwrap();

    assert_eq!(
        tally,
        Tally {
            succeeded: 1,
            retried: 1,
            died: 0
        }
    );
    assert_eq!(world.diary.read(), ["bread"]);
}

#[tokio::test]
async fn an_error_that_the_database_cannot_hold_is_stored_without_what_it_cannot() {
    let world = World::new().await;
    world.enqueue(&say("nul")).await;
    let worker = failing(&world, || Err(Failure::give_up(anyhow!("they said \0!"))));

    worker.run_until_idle().await.unwrap();

    assert_eq!(
        world.dead().await[0].last_error.as_deref(),
        Some("they said !")
    );
}

#[derive(Serialize, Deserialize)]
struct Dawdle;

impl Job for Dawdle {
    const KIND: &'static str = "dawdle";
    const MAX_ATTEMPTS: u16 = 1;
    const TIME_LIMIT: Duration = Duration::from_millis(1);
}

#[tokio::test]
async fn a_try_ends_when_its_time_is_over() {
    let world = World::new().await;
    world.enqueue(&Dawdle).await;
    let worker = world
        .idler()
        .register(|_, _: Dawdle| std::future::pending());

    let tally = worker.run_until_idle().await.unwrap();

    assert_eq!(tally.died, 1);
}

#[tokio::test]
async fn a_payload_that_no_longer_fits_is_a_failed_attempt() {
    let world = World::new().await;
    sqlx::query(
        "INSERT INTO jobs (kind, payload, priority, max_attempts) VALUES ('say', '[]', 0, 5)",
    )
    .execute(&world.database.pool)
    .await
    .unwrap();

    let tally = world.worker().run_until_idle().await.unwrap();

    assert_eq!(
        tally,
        Tally {
            retried: 1,
            ..Tally::default()
        }
    );
}

#[tokio::test]
async fn a_dead_job_can_be_repeated() {
    let world = World::new().await;
    let id = world.enqueue(&say("second chance")).await;
    failing(&world, || Err(Failure::give_up(anyhow!("closed"))))
        .run_until_idle()
        .await
        .unwrap();

    let repeated = jobs::repeat(&mut *world.connection().await, id)
        .await
        .unwrap();
    world.worker().run_until_idle().await.unwrap();

    assert_eq!(repeated, Repeated::Queued);
    assert_eq!(world.diary.read(), ["second chance", "second chance"]);
    assert!(world.dead().await.is_empty());
}

#[tokio::test]
async fn what_is_not_dead_or_has_a_successor_is_not_repeated() {
    let world = World::new().await;
    let dead = world.enqueue(&say("old").with_key("k")).await;
    failing(&world, || Err(Failure::give_up(anyhow!("closed"))))
        .run_until_idle()
        .await
        .unwrap();
    let successor = world.enqueue(&say("new").with_key("k")).await;

    let mut connection = world.connection().await;
    let of_dead = jobs::repeat(&mut connection, dead).await.unwrap();
    let of_living = jobs::repeat(&mut connection, successor).await.unwrap();
    let of_nobody = jobs::repeat(&mut connection, JobId(404)).await.unwrap();

    assert_eq!(of_dead, Repeated::Duplicate);
    assert_eq!(of_living, Repeated::NotDead);
    assert_eq!(of_nobody, Repeated::NotDead);
}

#[tokio::test]
async fn dead_jobs_are_listed_in_pages_and_purged_by_age() {
    let world = World::new().await;
    let worker = failing(&world, || Err(Failure::give_up(anyhow!("closed"))));
    let old = world.enqueue(&say("old")).await;
    worker.run_until_idle().await.unwrap();
    world.pass(Duration::from_hours(24));
    let young = world.enqueue(&say("young")).await;
    worker.run_until_idle().await.unwrap();

    let mut connection = world.connection().await;
    let first = jobs::dead(
        &mut connection,
        DeadPage {
            before: None,
            limit: 1,
        },
    )
    .await
    .unwrap();
    let second = jobs::dead(
        &mut connection,
        DeadPage {
            before: Some(young),
            limit: 1,
        },
    )
    .await
    .unwrap();
    let purged = jobs::purge_dead(&mut connection, world.now())
        .await
        .unwrap();

    assert_eq!((first[0].id, second[0].id), (young, old));
    assert_eq!(purged, 1);
    drop(connection);
    assert_eq!(world.dead().await[0].id, young);
}
