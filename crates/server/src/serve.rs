//! `moot serve`: from a configuration to a running server, and back to nothing in good order.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::{Extension, Router};
use federation::client::{Client, Network, Rules};
use service::archive::Archivist;
use service::members::{EndLeavers, SyncMembers};
use service::moderation::{board::documents, log::checkpoint::SignLog, timers::LookAtTimes};
use service::retention::Sweep;
use service::{App, Clock, Urls};
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;
use tracing::{error, info, warn};

use crate::banner;
use crate::config::Config;
use crate::config::network::Listen;
use crate::config::profile::is_local;
use crate::config::reader::Report;
use crate::ground::{self, Ground, Purpose};
use crate::http::client_address::{TrustedProxies, find_client};
use crate::http::guard::{Guard, guard};
use crate::http::health::{self, Health};
use crate::http::listen::{self, Limits, Listener};
use crate::http::metrics::{self, Metrics, Scraped};
use crate::http::observe::observe;
use crate::log_keeper::Keeper;
use crate::{logging, opening, privileges, sign_in};

/// How often what was kept long enough is removed.
const SWEEP: Duration = Duration::from_mins(10);

/// How often moderation's deadlines are looked at; the first time at start, so that none is missed.
const DEADLINES: Duration = Duration::from_mins(1);

/// How often it is seen whose time as a leaver is over.
const LEAVERS: Duration = Duration::from_hours(1);

/// How often the log of moderation is signed where nothing has been added to it.
const SIGNATURE: Duration = Duration::from_hours(24);

/// How long running jobs may go on when the server stops.
const FAREWELL: Duration = Duration::from_secs(20);

/// Runs the server until it is told to stop.
pub fn run(config: &Config, report: &Report) -> anyhow::Result<()> {
    let problem = logging::start(&config.observability);
    privileges::forbid_core_dumps().context("memory dumps could not be forbidden")?;
    let folder = ground::settle(config, &|text| info!("{text}"))?;
    banner::print(config, &folder);
    for warning in report.warnings().chain(problem.as_deref()) {
        warn!("{warning}");
    }
    for note in report.notes() {
        info!("{note}");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime could not be started")?;
    let outcome = runtime.block_on(async {
        let stop = opening::stop_on_signals()?;
        try_port(&config.network.listen).await?;
        let prepared = {
            let (config, folder) = (config.clone(), folder.clone());
            tokio::task::spawn_blocking(move || {
                Ground::prepare(&config, &folder, Purpose::Serve, &|text| info!("{text}"))
            })
        };
        let ground = prepared
            .await
            .context("the database could not be prepared")??;
        let outcome = live(config, &ground, &folder, &stop).await;
        let left = tokio::task::spawn_blocking(move || ground.leave())
            .await
            .context("the database could not be stopped")?;
        outcome.and(left.map_err(Into::into))
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    if outcome.is_ok() {
        info!("Stopped");
    }
    outcome
}

/// A port that is taken should be known before a database is made; it is given back, so that nobody waits at a door
/// that does not open yet.
async fn try_port(place: &Listen) -> anyhow::Result<()> {
    if let Listen::Tcp(address) = place {
        drop(Listener::tcp(*address).await?);
    }
    Ok(())
}

async fn live(
    config: &Config,
    ground: &Ground,
    folder: &Path,
    stop: &CancellationToken,
) -> anyhow::Result<()> {
    let edge = Arc::new(edge(config)?);
    let app = tokio::select! {
        opened = opening::open(config, ground, Arc::clone(&edge) as Arc<_>) => opened?,
        () = stop.cancelled() => return Ok(()),
    };
    let keeper = Keeper::in_folder(config, folder);
    keeper.check(&app).await?;
    warn_of_defaults(&app).await?;
    let peers = federation::State::new(app.clone(), edge);
    let metrics = Metrics::default();
    let door = Listener::open(&config.network.listen).await?;

    let router = router(config, &peers, &metrics, stop);
    let public = tokio::spawn(listen::serve(
        door,
        router,
        Limits::with_connections(config.network.max_connections),
        stop.clone(),
    ));
    let scraped = serve_metrics(config, &app, &metrics, stop).await?;
    let worker = worker(config, &peers);
    let workers = tokio::spawn({
        let stop = stop.clone();
        async move { worker.run(stop).await }
    });
    announce(config);
    tokio::spawn(keeper.keep(app.clone(), stop.clone()));
    let ways = Arc::clone(&app.ways);
    tokio::spawn(async move { sign_in::examine(&ways).await });

    stop.cancelled().await;
    // Nobody is told off for an unset NOTIFY_SOCKET.
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Stopping]);
    for (name, task) in [
        ("the public listener", Some(public)),
        ("the workers", Some(workers)),
        ("the metrics listener", scraped),
    ] {
        if let Some(Err(problem)) = match task {
            Some(task) => Some(task.await),
            None => None,
        } {
            error!(error = %problem, "{name} ended badly");
        }
    }
    app.db.close().await;
    Ok(())
}

fn edge(config: &Config) -> anyhow::Result<federation::Edge> {
    let rules = Rules {
        allowed_private: config.federation.allowed_private_addresses.clone(),
        http_allowed: is_local(config.profile),
    };
    let shared = Arc::new(rules.clone());
    let settings = opening::settings(config);
    let urls = Urls::new(&settings.web_domain, settings.https);
    let network =
        Network::new(&shared).context("the client for other servers could not be made")?;
    let client = Client::new(Arc::new(network), shared, Clock::system(), urls.base());
    Ok(federation::Edge::new(
        client,
        federation::Settings {
            rules,
            requires_signed_fetch: config.federation.authorized_fetch,
        },
    ))
}

/// Everything the public listener answers. The outermost layer stands last.
fn router(
    config: &Config,
    peers: &federation::State,
    metrics: &Metrics,
    stop: &CancellationToken,
) -> Router {
    let health = Health {
        pool: peers.app.db.clone(),
        profile: config.profile,
        stop: stop.clone(),
    };
    let archivist: Arc<dyn Archivist> = Arc::new(peers.clone());
    let router = web::router(peers.app.clone())
        .layer(Extension(archivist))
        .merge(federation::router(peers.clone()))
        .merge(health::router(health))
        .layer(from_fn_with_state(peers.clone(), federation::negotiate))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(metrics.clone(), observe))
        .layer(from_fn_with_state(peers.app.clone(), web::door::stand))
        .layer(from_fn(web::cors::allow))
        .layer(from_fn_with_state(
            TrustedProxies::new(&config.network.trusted_proxies),
            find_client,
        ));
    match Guard::of(config) {
        Some(rules) => router.layer(from_fn_with_state(rules, guard)),
        None => router,
    }
}

async fn serve_metrics(
    config: &Config,
    app: &App,
    metrics: &Metrics,
    stop: &CancellationToken,
) -> anyhow::Result<Option<tokio::task::JoinHandle<()>>> {
    let Some(address) = config.observability.metrics else {
        return Ok(None);
    };
    let door = Listener::tcp(address).await?;
    let scraped = Scraped {
        metrics: metrics.clone(),
        app: app.clone(),
    };
    info!(%address, "Metrics are at /metrics of this address");
    Ok(Some(tokio::spawn(listen::serve(
        door,
        metrics::router(scraped),
        Limits::with_connections(16),
        stop.clone(),
    ))))
}

fn worker(config: &Config, peers: &federation::State) -> jobs::Worker<federation::State> {
    let clock = peers.app.clock.clone();
    let settings = jobs::Settings {
        concurrency: usize::try_from(config.network.job_concurrency).unwrap_or(8),
        grace: FAREWELL,
        ..jobs::Settings::default()
    };
    let worker = jobs::Worker::new(peers.app.db.clone(), Arc::new(peers.clone()))
        .with_settings(settings)
        .with_clock(Arc::new(move || clock.now()));
    let worker = service::work::register(worker, &peers.app);
    let worker = federation::register(worker, peers)
        .recurring(jobs::Schedule::Every(SWEEP), &Sweep {})
        .recurring(jobs::Schedule::Every(SIGNATURE), &SignLog { minute: None })
        .recurring(jobs::Schedule::Every(LEAVERS), &EndLeavers {})
        .recurring(jobs::Schedule::Every(DEADLINES), &LookAtTimes);
    match sync_every(&peers.app) {
        Some(period) => worker.recurring(jobs::Schedule::Every(period), &SyncMembers {}),
        None => worker,
    }
}

/// How often everybody is looked up in the directory; never without one, nor where the operator wants it so.
fn sync_every(app: &App) -> Option<Duration> {
    app.ways.directory()?;
    let period = Duration::try_from(app.settings.sign_in.sync_every).ok()?;
    (!period.is_zero()).then_some(period)
}

/// Tells supervisors and people that the server is up.
fn announce(config: &Config) {
    if let Some(path) = &config.network.workers_ready_file
        && let Err(problem) = std::fs::File::create(path)
    {
        warn!(error = %problem, "MASTODON_SIDEKIQ_READY_FILENAME could not be touched");
    }
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);
    info!(
        profile = config.profile.as_str(),
        url = config.identity.web_url(),
        "Moot is ready"
    );
}

/// Says which documents nobody has written yet: what came with the software has blanks, and binds nobody.
async fn warn_of_defaults(app: &App) -> anyhow::Result<()> {
    let unwritten = documents::unwritten(app).await?;
    if !unwritten.is_empty() {
        let titles: Vec<_> = unwritten.into_iter().map(documents::title).collect();
        warn!(
            documents = titles.join(", "),
            "Visitors read default texts with blanks, which nobody has adopted; the board does that on /board/documents"
        );
    }
    Ok(())
}
