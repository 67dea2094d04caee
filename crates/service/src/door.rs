//! Who may come in, and who may join: what moderators have decided about addresses, names and sign-ups.
//!
//! Whether an IP address is shut out is asked at every request, so the few rules are kept in memory. A change is told on the
//! bus; the short life of what is kept is what holds if the bus fails.

use std::{
    net::IpAddr,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use db::moderation::effects::{self, IpRule};
use ipnet::IpNet;
use model::{
    instance::{Profile, Registrations},
    moderation::{Field, Target, params::IpSeverity},
};
use moka::future::Cache;
use sqlx::PgConnection;
use time::OffsetDateTime;
use tokio::sync::broadcast::error::RecvError;

use crate::{
    App, Error, FieldError, Result,
    bus::{Bus, Event},
    moderation::spelling,
};

/// How long the rules are believed without looking again.
const BELIEVED: Duration = Duration::from_secs(10);
/// Open sign-ups close when nobody who moderates was seen for so long (R24).
const UNWATCHED: time::Duration = time::Duration::days(7);

/// The rules, a few seconds old. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Door {
    rules: Cache<(), Arc<Rules>>,
    /// What was last seen of it, for those who cannot wait.
    seen: Arc<RwLock<Option<Arc<Rules>>>>,
}

#[derive(Debug)]
struct Rules {
    shut_out: Vec<(IpNet, Option<OffsetDateTime>)>,
    registrations: Registrations,
}

impl Door {
    /// Rules that are forgotten when the bus tells of a change. Must be made inside a tokio runtime.
    pub fn new(bus: &Bus) -> Self {
        let door = Self {
            rules: Cache::builder()
                .max_capacity(1)
                .time_to_live(BELIEVED)
                .build(),
            seen: Arc::default(),
        };
        let listener = door.clone();
        let mut events = bus.listen();
        tokio::spawn(async move {
            loop {
                match events.recv().await {
                    Ok(Event::DoorChanged | Event::Resynchronise) | Err(RecvError::Lagged(_)) => {
                        listener.forget();
                    }
                    Ok(_) => {}
                    Err(RecvError::Closed) => break,
                }
            }
        });
        door
    }

    /// Looks again at the next question.
    pub(crate) fn forget(&self) {
        self.rules.invalidate_all();
    }

    /// How somebody gets an account at present, as far as was last seen; `configured` before anything was.
    pub fn registrations(&self, configured: Registrations) -> Registrations {
        let seen = self.seen.read().unwrap_or_else(PoisonError::into_inner);
        seen.as_ref()
            .map_or(configured, |rules| rules.registrations)
    }

    async fn rules(&self, app: &App) -> Result<Arc<Rules>> {
        let load = async {
            let rules = Arc::new(load(app).await?);
            *self.seen.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&rules));
            Ok(rules)
        };
        let loaded: Result<_, Arc<Error>> = self.rules.try_get_with((), load).await;
        loaded.or_else(|error| {
            let seen = self.seen.read().unwrap_or_else(PoisonError::into_inner);
            // While the database is away, what was so last is so.
            let known = seen.as_ref().map(Arc::clone);
            known.ok_or_else(|| Error::internal(anyhow::anyhow!("{error:#}")))
        })
    }
}

async fn load(app: &App) -> Result<Rules> {
    let mut connection = app.db.acquire().await?;
    let rules = effects::ip_rules(&mut connection, app.clock.now()).await?;
    let no_access = |rule: IpRule| {
        let range = rule.range.parse().ok()?;
        (rule.severity == IpSeverity::NoAccess).then_some((range, rule.expires_at))
    };
    Ok(Rules {
        shut_out: rules.into_iter().filter_map(no_access).collect(),
        registrations: registrations_in(&mut connection, app).await?,
    })
}

/// Whether nothing is answered to an address.
pub async fn is_shut_out(app: &App, address: IpAddr) -> Result<bool> {
    let rules = app.door.rules(app).await?;
    let (address, now) = (address.to_canonical(), app.clock.now());
    Ok(rules
        .shut_out
        .iter()
        .any(|(range, until)| until.is_none_or(|until| until > now) && range.contains(&address)))
}

/// How somebody gets an account at present: as the operator has configured it, unless moderators have closed sign-ups, or
/// they are open and nobody is there to watch over them.
pub async fn registrations(app: &App) -> Result<Registrations> {
    let mut connection = app.db.acquire().await?;
    registrations_in(&mut connection, app).await
}

async fn registrations_in(connection: &mut PgConnection, app: &App) -> Result<Registrations> {
    let configured = app.settings.registrations;
    if configured == Registrations::Closed {
        return Ok(configured);
    }
    let locked =
        db::moderation::state_of(connection, &Target::Server, Field::RegistrationsLocked).await?;
    if locked.is_some() {
        return Ok(Registrations::Closed);
    }
    let is_watched_over = configured != Registrations::Open
        || app.settings.profile != Profile::Production
        || !effects::no_moderator_since(connection, app.clock.now() - UNWATCHED).await?;
    Ok(if is_watched_over {
        configured
    } else {
        Registrations::Closed
    })
}

/// Somebody who wants to join.
pub(crate) struct Newcomer<'a> {
    /// The wished name.
    pub(crate) username: &'a str,
    /// Address for mail.
    pub(crate) email: &'a str,
    /// From where they ask.
    pub(crate) address: Option<IpAddr>,
}

/// What the rules say of somebody who wants to join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Welcome {
    /// As everybody.
    AsEverybody,
    /// Only when somebody lets them in.
    ByApproval,
}

/// Holds somebody who wants to join against the rules. `Forbidden` for an address of the network that may not, `Invalid` for a name
/// or a mail address.
pub(crate) async fn welcome(
    connection: &mut PgConnection,
    app: &App,
    newcomer: &Newcomer<'_>,
) -> Result<Welcome> {
    let mut answers = Vec::new();
    if let Some(address) = newcomer.address {
        match effects::ip_rule(connection, address, app.clock.now()).await? {
            Some(IpSeverity::NoAccess | IpSeverity::SignUpBlock) => {
                return Err(Error::Forbidden("This action is not allowed".into()));
            }
            Some(IpSeverity::SignUpRequiresApproval) => answers.push(true),
            None => {}
        }
    }
    let mut errors = Vec::new();
    let name = spelling::look_alike(newcomer.username);
    match effects::rule_of_username(connection, &name).await? {
        Some(true) => answers.push(true),
        Some(false) => errors.push(wrong("username", "ERR_RESERVED", "is reserved")),
        None => {}
    }
    let domain = newcomer.email.rsplit('@').next().unwrap_or_default();
    let domain = spelling::email_domain(domain).unwrap_or_default();
    let blocked = || {
        wrong(
            "email",
            "ERR_BLOCKED",
            "contains a disallowed e-mail provider",
        )
    };
    match effects::rule_of_email_domain(connection, &domain).await? {
        Some(true) => answers.push(true),
        Some(false) => errors.push(blocked()),
        None => {}
    }
    if let Ok(hash) = spelling::email_hash(newcomer.email)
        && effects::is_email_blocked(connection, &hash).await?
        && errors.iter().all(|error| error.field != "email")
    {
        errors.push(blocked());
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    Ok(if answers.is_empty() {
        Welcome::AsEverybody
    } else {
        Welcome::ByApproval
    })
}

fn wrong(field: &'static str, code: &'static str, message: &str) -> FieldError {
    FieldError {
        field,
        code,
        message: message.into(),
    }
}
