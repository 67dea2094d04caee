//! Jobs: what is waiting, and running it when the test says so.

use std::sync::Arc;

use jobs::{Job, Worker};
use serde_json::Value;

use crate::TestApp;

/// A job that has not been done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// As in `Job::KIND`.
    pub kind: String,
    /// As it is stored.
    pub payload: Value,
    /// The lane, where it has one.
    pub lane: Option<String>,
}

impl TestApp {
    /// Every job that waits, in the order of enqueueing.
    pub async fn jobs(&self) -> Vec<Waiting> {
        let rows: Vec<(String, String, Option<String>)> = sqlx::query_as(
            "SELECT kind, payload::text, lane FROM jobs WHERE dead_at IS NULL ORDER BY id",
        )
        .fetch_all(&self.db)
        .await
        .expect("the queue can be read");
        rows.into_iter()
            .map(|(kind, payload, lane)| Waiting {
                kind,
                payload: serde_json::from_str(&payload).expect("payloads are JSON"),
                lane,
            })
            .collect()
    }

    /// The jobs of one kind that wait, in the order of enqueueing.
    pub async fn enqueued<J: Job>(&self) -> Vec<J> {
        let waiting = self.jobs().await;
        waiting
            .into_iter()
            .filter(|job| job.kind == J::KIND)
            .map(|job| {
                serde_json::from_value(job.payload).expect("a payload can be read as its own kind")
            })
            .collect()
    }

    /// Forgets all jobs, so that a test sees those of its middle part only.
    pub async fn forget_jobs(&self) {
        sqlx::query("DELETE FROM jobs")
            .execute(&self.db)
            .await
            .expect("the queue can be emptied");
    }

    /// A worker on this database that goes by this clock. Register the handlers that the test is about, then
    /// `run_until_idle().await`; other kinds are left waiting.
    pub fn worker<C: Send + Sync + 'static>(&self, context: C) -> Worker<C> {
        Worker::new(self.db.clone(), Arc::new(context))
            .with_clock(self.clock.to_jobs_clock())
            .with_randomness(Arc::new(|| 0.0))
    }
}
