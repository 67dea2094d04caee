//! The worker at work: woken, several at once, asked to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jobs::{Failure, Settings, Worker, enqueue_many};
use sqlx::PgPool;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::world::{Diary, Say, World, quick, say, soon};

/// A worker whose jobs tell that they began, and end when they are let.
struct Held {
    began: mpsc::UnboundedReceiver<String>,
    gate: Arc<Semaphore>,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

fn hold(world: &World, settings: Settings) -> Held {
    let (tell, began) = mpsc::unbounded_channel();
    let gate = Arc::new(Semaphore::new(0));
    let stop = CancellationToken::new();
    let worker = {
        let gate = Arc::clone(&gate);
        world
            .idler()
            .with_settings(settings)
            .register(move |diary: Arc<Diary>, job: Say| {
                let (tell, gate) = (tell.clone(), Arc::clone(&gate));
                async move {
                    tell.send(job.words.clone()).ok();
                    gate.acquire().await?.forget();
                    diary.write(job.words);
                    Ok(())
                }
            })
    };
    let task = tokio::spawn({
        let stop = stop.clone();
        async move { worker.run(stop).await }
    });
    Held {
        began,
        gate,
        stop,
        task,
    }
}

/// Waits until the worker has looked once and found nothing, so that only a notification can wake it.
async fn run_one_first(world: &World, held: &mut Held) {
    world.enqueue(&say("first")).await;
    soon(held.began.recv()).await.unwrap();
    held.gate.add_permits(1);
}

#[tokio::test]
async fn a_notification_wakes_the_worker() {
    let world = World::new().await;
    let mut held = hold(&world, quick());
    run_one_first(&world, &mut held).await;

    world.enqueue(&say("second")).await;

    assert_eq!(soon(held.began.recv()).await.unwrap(), "second");
    held.gate.add_permits(1);
    held.stop.cancel();
    soon(held.task).await.unwrap();
}

/// R14: with the listener gone, nothing is lost.
#[tokio::test]
async fn polling_finds_what_nobody_was_told_of() {
    let world = World::new().await;
    let mut held = hold(
        &world,
        Settings {
            poll: Duration::from_millis(20),
            ..quick()
        },
    );
    run_one_first(&world, &mut held).await;

    // Written without a notification.
    sqlx::query(
        r#"INSERT INTO jobs (kind, payload, priority, max_attempts)
           VALUES ('say', '{"words":"quiet"}', 0, 1)"#,
    )
    .execute(&world.database.pool)
    .await
    .unwrap();

    assert_eq!(soon(held.began.recv()).await.unwrap(), "quiet");
    held.gate.add_permits(1);
    held.stop.cancel();
    soon(held.task).await.unwrap();
}

#[tokio::test]
async fn stopping_lets_running_jobs_finish() {
    let world = World::new().await;
    world.enqueue(&say("nearly done")).await;
    let mut held = hold(&world, quick());
    soon(held.began.recv()).await.unwrap();

    held.stop.cancel();
    held.gate.add_permits(1);
    soon(held.task).await.unwrap();

    assert_eq!(world.diary.read(), ["nearly done"]);
    assert_eq!(world.unfinished().await, 0);
}

#[tokio::test]
async fn what_does_not_finish_in_time_is_handed_back_with_its_attempt() {
    let world = World::new().await;
    world.enqueue(&say("too slow")).await;
    let mut held = hold(
        &world,
        Settings {
            grace: Duration::ZERO,
            ..quick()
        },
    );
    soon(held.began.recv()).await.unwrap();

    held.stop.cancel();
    soon(held.task).await.unwrap();

    let (lease_id, attempts): (Option<i64>, i32) =
        sqlx::query_as("SELECT lease_id, attempts FROM jobs")
            .fetch_one(&world.database.pool)
            .await
            .unwrap();
    assert_eq!((lease_id, attempts), (None, 0));
}

#[tokio::test]
async fn a_running_job_keeps_its_lease() {
    let world = World::new().await;
    world.enqueue(&say("long")).await;
    let lease = Duration::from_millis(60);
    let mut held = hold(&world, Settings { lease, ..quick() });
    soon(held.began.recv()).await.unwrap();

    // Two hours by the queue's clock are two heartbeats at most away from being noticed.
    world.pass(Duration::from_hours(2));
    let kept = async {
        loop {
            let until: time::OffsetDateTime = sqlx::query_scalar("SELECT leased_until FROM jobs")
                .fetch_one(&world.database.pool)
                .await
                .unwrap();
            if until > world.now() {
                return;
            }
        }
    };
    soon(kept).await;

    held.gate.add_permits(1);
    held.stop.cancel();
    soon(held.task).await.unwrap();
    assert_eq!(world.diary.read(), ["long"]);
}

#[tokio::test]
async fn a_worker_runs_as_many_at_once_as_it_may() {
    let world = World::new().await;
    let jobs: Vec<Say> = (0..5).map(|n| say(&n.to_string())).collect();
    enqueue_many(&mut *world.connection().await, &jobs)
        .await
        .unwrap();
    let mut held = hold(
        &world,
        Settings {
            concurrency: 3,
            ..quick()
        },
    );

    for _ in 0..3 {
        soon(held.began.recv()).await.unwrap();
    }
    assert!(held.began.try_recv().is_err());
    held.gate.add_permits(5);
    for _ in 0..2 {
        soon(held.began.recv()).await.unwrap();
    }

    held.stop.cancel();
    soon(held.task).await.unwrap();
    assert_eq!(world.unfinished().await, 0);
}

/// How many jobs of one lane ran at the same moment, at most.
#[derive(Default)]
struct Crowd {
    inside: AtomicUsize,
    most: AtomicUsize,
    served: AtomicUsize,
}

fn crowding(
    world: &World,
    crowd: &Arc<Crowd>,
    pool: &PgPool,
    all: &CancellationToken,
) -> Worker<Diary> {
    const JOBS: usize = 60;
    let (crowd, pool, all) = (Arc::clone(crowd), pool.clone(), all.clone());
    world.idler().register(move |_, _: Say| {
        let (crowd, pool, all) = (Arc::clone(&crowd), pool.clone(), all.clone());
        async move {
            let inside = crowd.inside.fetch_add(1, Ordering::SeqCst) + 1;
            crowd.most.fetch_max(inside, Ordering::SeqCst);
            // Some real waiting, so that the others have their chance.
            for _ in 0..5 {
                sqlx::query("SELECT 1").execute(&pool).await?;
            }
            crowd.inside.fetch_sub(1, Ordering::SeqCst);
            if crowd.served.fetch_add(1, Ordering::SeqCst) + 1 == JOBS {
                all.cancel();
            }
            Ok::<(), Failure>(())
        }
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lane_never_runs_more_than_its_limit_with_three_workers() {
    let world = World::new().await;
    let jobs: Vec<Say> = (0..60)
        .map(|n| say(&n.to_string()).in_lane("narrow"))
        .collect();
    enqueue_many(&mut *world.connection().await, &jobs)
        .await
        .unwrap();
    let (crowd, all) = (Arc::new(Crowd::default()), CancellationToken::new());
    let settings = Settings {
        poll: Duration::from_millis(5),
        ..quick()
    };

    // One pool for each, as if on three machines; and one for the handlers.
    let pools: Vec<PgPool> = (0..4)
        .map(|_| {
            sqlx::postgres::PgPoolOptions::new()
                .max_connections(3)
                .connect_lazy_with((*world.database.pool.connect_options()).clone())
        })
        .collect();
    let work = pools[1..].iter().map(|_| {
        let worker = crowding(&world, &crowd, &pools[0], &all).with_settings(settings);
        let stop = all.clone();
        async move { worker.run(stop).await }
    });
    soon(futures_util::future::join_all(work)).await;

    assert_eq!(crowd.served.load(Ordering::SeqCst), 60);
    assert_eq!(crowd.most.load(Ordering::SeqCst), 2);
}
