//! What these tests share: one kind of job that says its name, a clock to turn, and a diary.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jobs::{Clock, DeadJob, DeadPage, Failure, Job, JobId, Priority, Settings, Worker};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use sqlx::pool::PoolConnection;
use sqlx::postgres::Postgres;
use time::OffsetDateTime;
use time::macros::datetime;

use crate::database::Database;

/// A job that is written into the diary.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Say {
    pub(crate) words: String,
    pub(crate) lane: Option<String>,
    pub(crate) key: Option<String>,
}

impl Job for Say {
    const KIND: &'static str = "say";
    const MAX_ATTEMPTS: u16 = 3;
    const TIME_LIMIT: Duration = Duration::from_secs(30);

    fn lane(&self) -> Option<String> {
        self.lane.clone()
    }

    fn dedup_key(&self) -> Option<String> {
        self.key.clone()
    }

    fn backoff(attempt: u16, _: f64) -> Duration {
        Duration::from_mins(attempt.into())
    }
}

/// The same, but first.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Shout(pub(crate) String);

impl Job for Shout {
    const KIND: &'static str = "shout";
    const PRIORITY: Priority = Priority::URGENT;
}

pub(crate) fn say(words: &str) -> Say {
    Say {
        words: words.to_owned(),
        ..Say::default()
    }
}

impl Say {
    pub(crate) fn in_lane(mut self, lane: &str) -> Self {
        self.lane = Some(lane.to_owned());
        self
    }

    pub(crate) fn with_key(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }
}

/// What handlers see.
#[derive(Default)]
pub(crate) struct Diary(Mutex<Vec<String>>);

impl Diary {
    pub(crate) fn write(&self, words: impl Into<String>) {
        self.0.lock().unwrap().push(words.into());
    }

    pub(crate) fn read(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

/// A time with nothing special about it, long before the machine's own.
pub(crate) const NOON: OffsetDateTime = datetime!(2020-03-14 12:00 UTC);

pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) diary: Arc<Diary>,
    now: Arc<Mutex<OffsetDateTime>>,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self {
            database: Database::fresh().await,
            diary: Arc::default(),
            now: Arc::new(Mutex::new(NOON)),
        }
    }

    pub(crate) async fn connection(&self) -> PoolConnection<Postgres> {
        self.database.pool.acquire().await.unwrap()
    }

    pub(crate) fn clock(&self) -> Clock {
        let now = Arc::clone(&self.now);
        Arc::new(move || *now.lock().unwrap())
    }

    pub(crate) fn now(&self) -> OffsetDateTime {
        *self.now.lock().unwrap()
    }

    pub(crate) fn pass(&self, time: Duration) {
        *self.now.lock().unwrap() += time;
    }

    /// A worker that knows no jobs, on this world's clock.
    pub(crate) fn idler(&self) -> Worker<Diary> {
        Worker::new(self.database.pool.clone(), Arc::clone(&self.diary))
            .with_clock(self.clock())
            .with_settings(quick())
    }

    /// A worker that writes everything down.
    pub(crate) fn worker(&self) -> Worker<Diary> {
        self.idler()
            .register(write_down)
            .register(write_down_loudly)
    }

    pub(crate) async fn enqueue(&self, job: &impl Job) -> JobId {
        let mut connection = self.connection().await;
        jobs::enqueue(&mut connection, job)
            .await
            .unwrap()
            .expect("no such job is queued yet")
    }

    pub(crate) async fn dead(&self) -> Vec<DeadJob> {
        let mut connection = self.connection().await;
        jobs::dead(
            &mut connection,
            DeadPage {
                before: None,
                limit: 100,
            },
        )
        .await
        .unwrap()
    }

    /// How many unfinished jobs there are.
    pub(crate) async fn unfinished(&self) -> u64 {
        let stats = jobs::stats(&mut *self.connection().await, self.now())
            .await
            .unwrap();
        stats.ready + stats.scheduled + stats.running
    }
}

/// Polls rarely: what these tests wait for must come by itself.
pub(crate) fn quick() -> Settings {
    Settings {
        poll: Duration::from_hours(1),
        grace: Duration::from_secs(20),
        ..Settings::default()
    }
}

async fn write_down(diary: Arc<Diary>, job: Say) -> Result<(), Failure> {
    diary.write(job.words);
    Ok(())
}

async fn write_down_loudly(diary: Arc<Diary>, job: Shout) -> Result<(), Failure> {
    diary.write(job.0.to_uppercase());
    Ok(())
}

/// Waits for what should come at once, and fails instead of hanging.
pub(crate) async fn soon<F: Future>(event: F) -> F::Output {
    tokio::time::timeout(Duration::from_secs(30), event)
        .await
        .expect("it comes soon")
}

/// Makes the lease of every running job end, as if its worker had died long ago.
pub(crate) async fn forget_leases(connection: &mut PgConnection) {
    sqlx::query("UPDATE jobs SET leased_until = 'epoch' WHERE lease_id IS NOT NULL")
        .execute(connection)
        .await
        .unwrap();
}

/// Claims what is due and dies with it.
pub(crate) async fn claim_and_die(connection: &mut PgConnection, now: OffsetDateTime) -> i64 {
    sqlx::query_scalar(
        "SELECT count(*) FROM jobs_claim($1, $1 + interval '1 minute', '{say}', 10, 2)",
    )
    .bind(now)
    .fetch_one(connection)
    .await
    .unwrap()
}
