//! Opens the database and puts together what every operation works with.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use model::Domain;
use model::instance::{Profile, Registrations};
use service::auth::TokenCache;
use service::bus::Bus;
use service::keys::MasterKey;
use service::moderation::tell::Places;
use service::remote::RemoteLookup;
use service::settings::{EmailDomains, Limits, PasswordCost, Presentation, Settings};
use service::{App, Clock, Urls};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, PgConnection, PgPool};
use tokio_util::sync::CancellationToken;
use tracing::{info, log::LevelFilter, warn};

use crate::cluster::Revival;
use crate::config::Config;
use crate::config::domain::Authority;
use crate::config::identity::Scheme;
use crate::config::sign_up::SignUpMode;
use crate::ground::Ground;
use crate::identity;
use crate::mail;
use crate::sign_in;

/// How long a start waits for a database that is not there yet.
const PATIENCE: Duration = Duration::from_mins(2);
/// How long a request or job waits for a connection; then it is told that the database is away.
const ACQUIRE: Duration = Duration::from_secs(5);
/// A connection that rested longer is asked whether it still lives before it is used.
const FRESH: Duration = Duration::from_secs(10);
/// The oldest `PostgreSQL` that Moot works with, as `server_version_num` counts.
const OLDEST: i32 = 150_000;

/// Opens the database (waiting for one that is slow), brings its schema up to date, checks whose it is, and makes the instance actor.
pub async fn open(
    config: &Config,
    ground: &Ground,
    remote: Arc<dyn RemoteLookup>,
) -> anyhow::Result<App> {
    let clock = Clock::system();
    let key = MasterKey::from_bytes(&ground.master_key);
    let options = ground
        .options
        .clone()
        .log_statements(LevelFilter::Trace)
        .log_slow_statements(LevelFilter::Warn, Duration::from_secs(2));
    let mut first = connect(&options).await?;
    check_server(&mut first, config).await?;
    identity::check_if_any(&mut first, config, &key).await?;
    if db::migrations::holds_mastodon(&mut first).await? {
        bail!(
            "this database holds Mastodon's tables. Moot does not write into them: give it an empty database (DATABASE_URL or DB_NAME); \
             the data of a Mastodon server will come over by an import that reads the old database and never writes it"
        );
    }
    db::migrations::run(&mut first)
        .await
        .context("the database's schema could not be brought up to date")?;
    jobs::migrate(&mut first)
        .await
        .context("the queue's tables could not be brought up to date")?;
    identity::lock(&mut first, config, &key, clock.now()).await?;
    first.close().await?;

    let app = app(
        config,
        pool(options, config, ground.revival()),
        clock,
        key,
        remote,
    )?;
    service::members::ensure_instance_actor(&app).await?;
    Ok(app)
}

/// Tries until the database answers. What waiting cannot mend fails at once.
async fn connect(options: &PgConnectOptions) -> anyhow::Result<PgConnection> {
    let began = Instant::now();
    let mut told = None::<Instant>;
    loop {
        let error = match PgConnection::connect_with(options).await {
            Ok(connection) => return Ok(connection),
            Err(error) => error,
        };
        if let Some(advice) = advice(&error) {
            return Err(anyhow::Error::new(error).context(advice));
        }
        if began.elapsed() > PATIENCE {
            let text = format!(
                "the database at {}:{} was not reached within {} s",
                options.get_host(),
                options.get_port(),
                PATIENCE.as_secs()
            );
            return Err(anyhow::Error::new(error).context(text));
        }
        if told.is_none_or(|told| told.elapsed() > Duration::from_secs(5)) {
            warn!(error = %error, waited_s = began.elapsed().as_secs(), "The database does not answer yet; trying on");
            told = Some(Instant::now());
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

/// What to do about an error that stays the same however often one tries (`PostgreSQL`'s manual, Appendix A).
fn advice(error: &sqlx::Error) -> Option<&'static str> {
    if let sqlx::Error::Tls(_) = error {
        return Some("the database's TLS could not be used; look at DB_SSLMODE and PGSSLROOTCERT");
    }
    match error.as_database_error()?.code()?.as_ref() {
        "28P01" | "28000" => Some(
            "the database refuses the user or password; look at DATABASE_URL, or DB_USER and DB_PASS",
        ),
        "3D000" => Some(
            "there is no such database; make it first: createdb --encoding=UTF8 --template=template0 NAME",
        ),
        _ => None,
    }
}

/// The server must be new enough and have room for our pool (R05).
async fn check_server(connection: &mut PgConnection, config: &Config) -> anyhow::Result<()> {
    let (version, most, reserved, in_use): (i32, i32, i32, i64) = sqlx::query_as(
        "SELECT current_setting('server_version_num')::int,
                current_setting('max_connections')::int,
                current_setting('superuser_reserved_connections')::int,
                (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid())",
    )
    .fetch_one(&mut *connection)
    .await
    .context("the database could not be asked for its version")?;
    if version < OLDEST {
        bail!(
            "the database is PostgreSQL {}; Moot needs 15 or newer",
            version / 10_000
        );
    }
    let room = i64::from(most) - i64::from(reserved);
    let pool = i64::from(config.database.pool_size);
    if pool > room {
        bail!(
            "DB_POOL={pool} is more than the {room} connections this PostgreSQL gives (max_connections {most}); lower DB_POOL or raise max_connections"
        );
    }
    if pool > room - in_use {
        warn!(
            database.in_use = in_use,
            database.room = room,
            database.pool = pool,
            "Others hold so many of the database's connections that the pool may not fill"
        );
    }
    Ok(())
}

/// Each statement is planned once for all parameters. PostgreSQL would rather plan again each time for whom it can foresee a
/// little less work; planning the query of a page takes ten times as long as running it. Queries must therefore not hope
/// for a plan that knows their parameters; those whose shape depends on what is asked have their own text for each shape.
const ONE_PLAN: &str = "SET plan_cache_mode = force_generic_plan";

/// A connection is used as it is, since asking first doubles a short query's time; but one that rested long is asked
/// whether it lives, and one from before the database was started again is not used at all.
fn pool(options: PgConnectOptions, config: &Config, revival: Revival) -> PgPool {
    let prepares = config.database.prepares;
    PgPoolOptions::new()
        .max_connections(config.database.pool_size)
        .acquire_timeout(ACQUIRE)
        .test_before_acquire(false)
        .before_acquire(move |connection, about| {
            let is_dead = revival.is_after(about.age);
            Box::pin(async move {
                if is_dead || about.idle_for < FRESH {
                    return Ok(!is_dead);
                }
                Ok(connection.ping().await.is_ok())
            })
        })
        .after_connect(move |connection, _| {
            Box::pin(async move {
                if prepares {
                    connection.execute(ONE_PLAN).await?;
                }
                Ok(())
            })
        })
        .connect_lazy_with(options)
}

fn app(
    config: &Config,
    db: PgPool,
    clock: Clock,
    key: MasterKey,
    remote: Arc<dyn RemoteLookup>,
) -> anyhow::Result<App> {
    let mailer = mail::mailer(config)?;
    let settings = Settings {
        // A test suite's members can sign in at once, with mail or without.
        confirms_mail: mailer.reaches_people() && config.profile != Profile::Test,
        ..settings(config)
    };
    let bus = Bus::over_postgres(db.clone());
    let told = &config.channels;
    let places = Places::new(told.places.clone(), told.mail.clone())
        .context("the client for the moderators' channels could not be made")?;
    Ok(App {
        db,
        clock,
        urls: Urls::new(&settings.web_domain, settings.https),
        settings: Arc::new(settings),
        keys: Arc::new(key),
        tokens: TokenCache::new(&bus),
        door: service::door::Door::new(&bus),
        bus,
        remote,
        ways: Arc::new(sign_in::ways(config)?),
        mailer,
        places: Arc::new(places),
        usage: service::instance::UsageCache::default(),
        documents: service::moderation::board::documents::DocumentsCache::default(),
        peers: service::peers::PeerCache::default(),
    })
}

/// What the operations need of the configuration.
pub fn settings(config: &Config) -> Settings {
    let domain = |authority: &Authority| Domain::from_storage(authority.to_string());
    let shown = &config.presentation;
    let documents = &shown.documents;
    let rules = &config.sign_on.rules;
    Settings {
        profile: config.profile,
        local_domain: domain(&config.identity.local_domain),
        web_domain: domain(&config.identity.web_domain),
        alternate_domains: config
            .identity
            .alternate_domains
            .iter()
            .map(domain)
            .collect(),
        https: config.identity.scheme == Scheme::Https,
        presentation: Presentation {
            title: shown.title.clone(),
            description: shown.description.clone(),
            contact_email: shown.contact_email.clone(),
            languages: shown.languages.clone(),
            source_url: shown
                .source_url
                .clone()
                .unwrap_or_else(|| format!("{}/about", config.identity.web_url())),
            rules: documents.rules.clone(),
            about: documents.about.clone(),
            privacy_policy: documents.privacy.clone(),
            terms_of_service: documents.terms.clone(),
        },
        registrations: match config.sign_up.mode {
            // Nobody joins with a password that opens nothing.
            _ if !rules.local_passwords || rules.only_providers => Registrations::Closed,
            SignUpMode::Open => Registrations::Open,
            SignUpMode::Approval => Registrations::Approval,
            SignUpMode::Closed => Registrations::Closed,
        },
        confirms_mail: false,
        limits: Limits {
            status_characters: config.limits.post_characters,
            note_characters: config.limits.note_characters,
            display_name_characters: config.limits.display_name_characters,
            profile_fields: config.limits.profile_fields,
            follows_threshold: config.limits.follows_threshold,
            follows_ratio: config.limits.follows_ratio,
            sessions: config.limits.sessions,
            idle_session: time::Duration::seconds(config.limits.session_seconds),
        },
        email_domains: EmailDomains {
            allowed: config.sign_up.email_allowed.clone(),
            denied: config.sign_up.email_denied.clone(),
            bind_later: config.sign_up.email_lists_bind_later,
        },
        user_active_days: config.limits.user_active_days,
        password_cost: if config.profile == Profile::Test {
            PasswordCost::Cheap
        } else {
            PasswordCost::Real
        },
        shelf_bytes: config.database.page_cache_mib * 1024 * 1024,
        sign_in: rules.clone(),
        governance: config.governance.clone(),
        limited_federation: config.federation.limited,
    }
}

/// Cancelled by SIGTERM or SIGINT.
pub fn stop_on_signals() -> anyhow::Result<CancellationToken> {
    use tokio::signal::unix::{SignalKind, signal};

    let stop = CancellationToken::new();
    let (mut terminate, mut interrupt) = (
        signal(SignalKind::terminate())?,
        signal(SignalKind::interrupt())?,
    );
    let told = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        info!("Asked to stop");
        told.cancel();
    });
    Ok(stop)
}
