//! How many small jobs a second one worker ends, and how long a claim takes: with and without an idle
//! transaction that keeps the database from cleaning up (R13).
//!
//!     DATABASE_URL=… cargo run -p moot-jobs --example throughput -- [jobs] [idle]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jobs::{Failure, Job, Settings, Worker, enqueue_many, migrate};
use serde::{Deserialize, Serialize};
use sqlx::postgres::PgPoolOptions;
use tokio_util::sync::CancellationToken;

#[derive(Serialize, Deserialize)]
struct Deliver {
    host: usize,
}

impl Job for Deliver {
    const KIND: &'static str = "deliver";

    fn lane(&self) -> Option<String> {
        Some(format!("host{}.example", self.host))
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let jobs: usize = arguments.next().map_or(Ok(5_000), |jobs| jobs.parse())?;
    let with_idle_transaction = arguments.next().is_some();

    let pool = PgPoolOptions::new()
        .max_connections(8)
        .test_before_acquire(false)
        .connect(&std::env::var("DATABASE_URL")?)
        .await?;
    migrate(&mut *pool.acquire().await?).await?;

    let mut idle = pool.begin().await?;
    if with_idle_transaction {
        sqlx::query("SELECT txid_current()")
            .execute(&mut *idle)
            .await?;
    }

    let ended = Arc::new(AtomicUsize::new(0));
    let stop = CancellationToken::new();
    let worker = {
        let (ended, stop) = (Arc::clone(&ended), stop.clone());
        Worker::new(pool.clone(), Arc::new(()))
            .with_settings(Settings {
                concurrency: 32,
                ..Settings::default()
            })
            .register(move |_, _: Deliver| {
                let (ended, stop) = (Arc::clone(&ended), stop.clone());
                async move {
                    // As long as a delivery to a near peer.
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    if ended.fetch_add(1, Ordering::Relaxed) + 1 == jobs {
                        stop.cancel();
                    }
                    Ok::<(), Failure>(())
                }
            })
    };

    let started = Instant::now();
    for chunk in 0..jobs.div_ceil(500) {
        let chunk: Vec<_> = (chunk * 500..jobs.min(chunk * 500 + 500))
            .map(|n| Deliver { host: n % 300 })
            .collect();
        enqueue_many(&mut *pool.acquire().await?, &chunk).await?;
    }
    println!("enqueued {jobs} in {:?}", started.elapsed());

    let started = Instant::now();
    worker.run(stop).await;
    let seconds = started.elapsed().as_secs_f64();
    let rate = f64::from(u32::try_from(jobs)?) / seconds;
    println!("ran them in {seconds:.1} s: {rate:.0} a second");

    for round in 0..3 {
        let started = Instant::now();
        sqlx::query("SELECT count(*) FROM jobs_claim(now(), now(), '{deliver}', 10, 2)")
            .execute(&pool)
            .await?;
        println!("an empty claim, {round}: {:?}", started.elapsed());
    }
    Ok(())
}
