//! Counters for operators, on a listener of their own (S77): nothing of this is on the public port.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use service::{App, moderation::tell};
use sqlx::PgPool;
use time::OffsetDateTime;
use tracing::warn;

/// Seconds; from a cached answer to one that somebody gave up waiting for.
const BUCKETS: [f64; 12] = [
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0, 30.0,
];

/// A request's route and outcome. The route is the pattern, never the path, so that strangers cannot make up labels.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct JobLabels {
    kind: String,
    state: &'static str,
}

/// The server's counters. Cheap to clone.
#[derive(Clone)]
pub struct Metrics(Arc<Inner>);

struct Inner {
    registry: Registry,
    requests: Family<Labels, Counter>,
    durations: Family<Route, Histogram>,
    connections: Family<PoolLabels, Gauge>,
    jobs: Family<JobLabels, Gauge>,
    oldest_job: Gauge,
    recurring: Family<Recurring, Gauge>,
    sync_missing: Gauge,
    channels: Family<ChannelLabels, Gauge>,
}

/// One of the moderators' channels.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ChannelLabels {
    channel: String,
}

/// A recurring job.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Recurring {
    kind: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct PoolLabels {
    state: &'static str,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("moot");
        let requests = Family::<Labels, Counter>::default();
        let durations =
            Family::<Route, Histogram>::new_with_constructor(|| Histogram::new(BUCKETS));
        let connections = Family::<PoolLabels, Gauge>::default();
        let jobs = Family::<JobLabels, Gauge>::default();
        let oldest_job = Gauge::default();
        registry.register(
            "http_requests",
            "Requests answered, by route and status",
            requests.clone(),
        );
        registry.register_with_unit(
            "http_request_duration",
            "Time until the answer began, by route",
            Unit::Seconds,
            durations.clone(),
        );
        registry.register(
            "database_connections",
            "Connections to PostgreSQL, by state",
            connections.clone(),
        );
        registry.register("jobs", "Jobs in the queue, by kind and state", jobs.clone());
        registry.register_with_unit(
            "oldest_ready_job_age",
            "How long the oldest job that could run has waited",
            Unit::Seconds,
            oldest_job.clone(),
        );
        let recurring = Family::<Recurring, Gauge>::default();
        let sync_missing = Gauge::default();
        registry.register_with_unit(
            "recurring_job_last_success_age",
            "How long ago a recurring job last succeeded; -1 for never",
            Unit::Seconds,
            recurring.clone(),
        );
        registry.register(
            "members_sync_halted_missing",
            "Members missing in a halted run of the sync with the directory, which waits to be accepted; 0 when none waits",
            sync_missing.clone(),
        );
        let channels = Family::<ChannelLabels, Gauge>::default();
        registry.register_with_unit(
            "moderators_channel_failing",
            "For how long a channel of the moderators has taken no message; 0 for one that does",
            Unit::Seconds,
            channels.clone(),
        );
        Self(Arc::new(Inner {
            registry,
            requests,
            durations,
            connections,
            jobs,
            oldest_job,
            recurring,
            sync_missing,
            channels,
        }))
    }
}

impl Metrics {
    /// Counts a request.
    pub fn count(&self, method: &str, route: &str, status: StatusCode, duration: Duration) {
        let labels = Labels {
            method: method.to_owned(),
            route: route.to_owned(),
            status: status.as_u16(),
        };
        self.0.requests.get_or_create(&labels).inc();
        self.0
            .durations
            .get_or_create(&Route {
                route: route.to_owned(),
            })
            .observe(duration.as_secs_f64());
    }

    /// Everything in Prometheus' text form.
    async fn scrape(&self, app: &App) -> String {
        let (pool, now) = (&app.db, app.clock.now());
        let idle = i64::try_from(pool.num_idle()).unwrap_or(i64::MAX);
        self.0
            .connections
            .get_or_create(&PoolLabels { state: "idle" })
            .set(idle);
        self.0
            .connections
            .get_or_create(&PoolLabels { state: "used" })
            .set(i64::from(pool.size()) - idle);
        if let Err(error) = self.read_jobs(pool, now).await {
            warn!(error = %error, "The queue could not be counted for the metrics");
        }
        if let Err(error) = self.read_channels(app).await {
            warn!(error = %error, "The channels could not be looked at for the metrics");
        }
        let mut text = String::new();
        if encode(&mut text, &self.0.registry).is_err() {
            let _ = writeln!(text, "# incomplete");
        }
        text
    }

    async fn read_channels(&self, app: &App) -> anyhow::Result<()> {
        for channel in tell::health(app).await? {
            let since = channel.failing_since;
            let seconds = since.map_or(0, |since| (app.clock.now() - since).whole_seconds().max(0));
            let labels = ChannelLabels {
                channel: channel.name,
            };
            self.0.channels.get_or_create(&labels).set(seconds);
        }
        Ok(())
    }

    async fn read_jobs(&self, pool: &PgPool, now: OffsetDateTime) -> anyhow::Result<()> {
        let mut connection = pool.acquire().await?;
        let stats = jobs::stats(&mut connection, now).await?;
        for kind in stats.kinds {
            for (state, count) in [
                ("ready", kind.ready),
                ("scheduled", kind.scheduled),
                ("running", kind.running),
                ("dead", kind.dead),
            ] {
                let labels = JobLabels {
                    kind: kind.kind.clone(),
                    state,
                };
                self.0
                    .jobs
                    .get_or_create(&labels)
                    .set(i64::try_from(count).unwrap_or(i64::MAX));
            }
        }
        let oldest = stats.oldest_ready.unwrap_or_default().as_secs();
        self.0
            .oldest_job
            .set(i64::try_from(oldest).unwrap_or(i64::MAX));
        for job in jobs::recurring(&mut connection).await? {
            let age = job
                .last_success_at
                .map_or(-1, |at| (now - at).whole_seconds().max(0));
            self.0
                .recurring
                .get_or_create(&Recurring { kind: job.kind })
                .set(age);
        }
        let sync = service::members::sync_status(&mut connection).await?;
        self.0
            .sync_missing
            .set(i64::try_from(sync.missing).unwrap_or(i64::MAX));
        Ok(())
    }
}

/// What the metrics listener needs.
#[derive(Clone)]
pub struct Scraped {
    /// The counters.
    pub metrics: Metrics,
    /// Looked at when somebody scrapes.
    pub app: App,
}

/// The route `/metrics`.
pub fn router(scraped: Scraped) -> Router {
    Router::new()
        .route("/metrics", get(answer))
        .with_state(scraped)
}

async fn answer(State(scraped): State<Scraped>) -> Response {
    let text = scraped.metrics.scrape(&scraped.app).await;
    (
        [(
            header::CONTENT_TYPE,
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
        )],
        text,
    )
        .into_response()
}
