//! Asks over several connections at once and keeps the time of each answer.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Result, bail, ensure};

use crate::connection::Connection;

/// When to stop.
#[derive(Clone, Copy)]
pub(crate) enum Until {
    /// After this time; the requests are repeated in turn.
    Elapsed(Duration),
    /// When each request was sent once.
    EachOnce,
}

/// What was seen.
pub(crate) struct Outcome {
    /// How many answers.
    pub(crate) count: usize,
    /// How long all took together.
    pub(crate) elapsed: Duration,
    /// How long each took, sorted.
    latencies: Vec<Duration>,
    /// Of all bodies together.
    bytes: usize,
}

impl Outcome {
    /// The latency that this share of the answers stayed under, in milliseconds.
    pub(crate) fn quantile_ms(&self, share: f64) -> f64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a length is an index"
        )]
        let index = ((self.latencies.len() - 1) as f64 * share).round() as usize;
        self.latencies[index].as_secs_f64() * 1000.0
    }

    /// Bytes of a body, on average.
    pub(crate) fn answer_bytes(&self) -> usize {
        self.bytes / self.count.max(1)
    }

    /// Answers per second.
    pub(crate) fn per_second(&self) -> f64 {
        self.count as f64 / self.elapsed.as_secs_f64()
    }
}

/// Sends the requests over so many connections. An answer that is not the wanted one is an error: nothing is measured then.
pub(crate) async fn run(
    port: u16,
    connections: usize,
    requests: Vec<Vec<u8>>,
    wanted: u16,
    until: Until,
) -> Result<Outcome> {
    ensure!(!requests.is_empty(), "there is nothing to ask");
    let requests = Arc::new(requests);
    let next = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let tasks: Vec<_> = (0..connections)
        .map(|_| {
            tokio::spawn(ask_on(
                port,
                Arc::clone(&requests),
                Arc::clone(&next),
                wanted,
                until,
            ))
        })
        .collect();
    let (mut latencies, mut bytes) = (Vec::new(), 0);
    for task in tasks {
        let (some, more) = task.await??;
        latencies.extend(some);
        bytes += more;
    }
    let elapsed = began.elapsed();
    latencies.sort_unstable();
    Ok(Outcome {
        count: latencies.len(),
        elapsed,
        latencies,
        bytes,
    })
}

async fn ask_on(
    port: u16,
    requests: Arc<Vec<Vec<u8>>>,
    next: Arc<AtomicUsize>,
    wanted: u16,
    until: Until,
) -> Result<(Vec<Duration>, usize)> {
    let mut connection = Connection::open(port).await?;
    let (mut latencies, mut bytes) = (Vec::new(), 0);
    let began = Instant::now();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let over = match until {
            Until::Elapsed(limit) => began.elapsed() >= limit,
            Until::EachOnce => number >= requests.len(),
        };
        if over {
            return Ok((latencies, bytes));
        }
        let request = &requests[number % requests.len()];
        let asked = Instant::now();
        let answer = connection.ask(request).await?;
        latencies.push(asked.elapsed());
        bytes += answer.body.len();
        if answer.status != wanted {
            bail!(
                "{} instead of {wanted} to {}: {}",
                answer.status,
                String::from_utf8_lossy(request)
                    .lines()
                    .next()
                    .unwrap_or_default(),
                String::from_utf8_lossy(&answer.body)
                    .chars()
                    .take(300)
                    .collect::<String>()
            );
        }
    }
}
