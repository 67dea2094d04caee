//! Who is handed which job, and when.

use std::time::Duration;

use jobs::enqueue_many;
use sqlx::Connection;

use crate::world::{Say, Shout, World, claim_and_die, say};

#[tokio::test]
async fn urgent_jobs_go_before_older_ones() {
    let world = World::new().await;
    world.enqueue(&say("first come")).await;
    world.enqueue(&Shout("fire".into())).await;

    world.worker().run_until_idle().await.unwrap();

    assert_eq!(world.diary.read(), ["FIRE", "first come"]);
}

#[tokio::test]
async fn a_lane_keeps_its_order() {
    let world = World::new().await;
    let jobs: Vec<Say> = (0..20)
        .map(|n| say(&format!("{n:02}")).in_lane("a"))
        .collect();
    enqueue_many(&mut *world.connection().await, &jobs)
        .await
        .unwrap();

    world.worker().run_until_idle().await.unwrap();

    let diary = world.diary.read();
    assert!(diary.is_sorted());
    assert_eq!(diary.len(), 20);
}

#[tokio::test]
async fn a_lease_that_expires_is_claimed_again() {
    let world = World::new().await;
    world.enqueue(&say("at last")).await;
    claim_and_die(&mut *world.connection().await, world.now()).await;

    world.worker().run_until_idle().await.unwrap();
    assert!(world.diary.read().is_empty(), "the lease was still good");

    world.pass(Duration::from_secs(61));
    world.worker().run_until_idle().await.unwrap();
    assert_eq!(world.diary.read(), ["at last"]);
}

#[tokio::test]
async fn a_job_that_kills_its_worker_runs_out_of_attempts() {
    let world = World::new().await;
    world.enqueue(&say("boom")).await;
    for _ in 0..3 {
        assert_eq!(
            claim_and_die(&mut *world.connection().await, world.now()).await,
            1
        );
        world.pass(Duration::from_secs(61));
        world.idler().run_until_idle().await.unwrap();
    }

    let tally = world.worker().run_until_idle().await.unwrap();

    assert_eq!(tally.tries(), 0);
    assert_eq!(world.dead().await[0].attempts, 3);
}

#[tokio::test]
async fn kinds_without_a_handler_are_left_for_others() {
    let world = World::new().await;
    world.enqueue(&say("not mine")).await;

    let tally = world.idler().run_until_idle().await.unwrap();

    assert_eq!(tally.tries(), 0);
    assert_eq!(world.unfinished().await, 1);
}

#[tokio::test]
async fn a_claim_takes_no_more_than_the_limit_from_one_lane() {
    let world = World::new().await;
    let jobs: Vec<Say> = (0..10)
        .map(|_| say("busy").in_lane("slow.example"))
        .collect();
    enqueue_many(&mut *world.connection().await, &jobs)
        .await
        .unwrap();

    let first = claim_and_die(&mut *world.connection().await, world.now()).await;
    let second = claim_and_die(&mut *world.connection().await, world.now()).await;

    assert_eq!((first, second), (2, 0));
}

/// Two claims that cannot see each other's leases would together overfill the lane.
#[tokio::test]
async fn a_claim_waits_for_the_one_before_it_to_be_seen() {
    let world = World::new().await;
    for words in ["mine", "mine too"] {
        world.enqueue(&say(words).in_lane("narrow")).await;
    }
    let mut other_connection = world.connection().await;
    sqlx::query(
        "INSERT INTO jobs (kind, payload, priority, lane, max_attempts)
         VALUES ('other', '{}', 0, 'narrow', 1), ('other', '{}', 0, 'narrow', 1)",
    )
    .execute(&mut *other_connection)
    .await
    .unwrap();

    let mut connection = world.connection().await;
    let mut first = connection.begin().await.unwrap();
    let by_first = claim_and_die(&mut first, world.now()).await;
    let second = sqlx::query_scalar::<_, i64>(
        "SELECT count(*) FROM jobs_claim($1, $1 + interval '1 minute', '{other}', 10, 2)",
    )
    .bind(world.now())
    .fetch_one(&mut *other_connection);
    let (by_second, committed) = tokio::join!(second, first.commit());

    committed.unwrap();
    assert_eq!((by_first, by_second.unwrap()), (2, 0));
}

#[tokio::test]
async fn a_wall_of_jobs_for_a_full_lane_hides_nobody() {
    let world = World::new().await;
    let wall: Vec<Say> = (0..2_000)
        .map(|_| say("brick").in_lane("full.example"))
        .collect();
    let mut connection = world.connection().await;
    enqueue_many(&mut connection, &wall).await.unwrap();
    claim_and_die(&mut connection, world.now()).await;
    let behind = [
        say("laned").in_lane("quiet.example"),
        say("free"),
        say("laned too").in_lane("zzz"),
    ];
    enqueue_many(&mut connection, &behind).await.unwrap();

    world.worker().run_until_idle().await.unwrap();

    let mut diary = world.diary.read();
    diary.sort();
    assert_eq!(diary, ["free", "laned", "laned too"]);
}

#[tokio::test]
async fn a_job_for_later_waits() {
    let world = World::new().await;
    let later = world.now() + Duration::from_hours(3);
    jobs::enqueue_at(&mut *world.connection().await, &say("tea"), later)
        .await
        .unwrap();

    world.worker().run_until_idle().await.unwrap();
    assert!(world.diary.read().is_empty());

    world.worker().run_until_idle_at(later).await.unwrap();
    assert_eq!(world.diary.read(), ["tea"]);
}
