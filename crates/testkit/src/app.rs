//! The world itself: everything an operation works with, made for one test.

use std::{
    future::{Future, IntoFuture},
    ops::Deref,
    pin::Pin,
    sync::Arc,
};

use model::{
    Domain,
    instance::{Profile, Registrations},
};
use service::{
    App, Settings, Urls,
    auth::TokenCache,
    bus::Bus,
    keys::MasterKey,
    mail::{Mailer, NoMail},
    moderation::tell::Places,
    remote::{Nowhere, RemoteLookup},
    settings::{Limits, PasswordCost, Presentation, SignIn},
};

use crate::{FakeClock, TestDatabase};

/// The master key of every test.
const MASTER_KEY: [u8; 32] = [7; 32];

/// A server for one test: `testkit::app().await`, or with something else than usual,
/// `testkit::app().domain("other.test").await`.
pub fn app() -> AppBuilder {
    AppBuilder {
        settings: settings(domain("moot.test")),
        clock: FakeClock::default(),
        remote: Arc::new(Nowhere),
        ways: Arc::default(),
        mailer: Arc::new(NoMail),
        places: Places::default(),
    }
}

/// What of a test's server is not as usual.
pub struct AppBuilder {
    settings: Settings,
    clock: FakeClock,
    remote: Arc<dyn RemoteLookup>,
    ways: Arc<signin::Ways>,
    mailer: Arc<dyn Mailer>,
    places: Places,
}

impl AppBuilder {
    /// Domain of handles and of URLs alike; usually `moot.test`.
    #[must_use]
    pub fn domain(mut self, name: &str) -> Self {
        self.settings.local_domain = domain(name);
        self.settings.web_domain = domain(name);
        self
    }

    /// Host of URLs, where it differs from the domain of handles.
    #[must_use]
    pub fn web_domain(mut self, name: &str) -> Self {
        self.settings.web_domain = domain(name);
        self
    }

    /// Changes what the operator has decided.
    #[must_use]
    pub fn settings(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    /// A clock that somebody else goes by, too.
    #[must_use]
    pub fn clock(mut self, clock: &FakeClock) -> Self {
        self.clock = clock.clone();
        self
    }

    /// Finds people and posts on other servers; usually nothing is found.
    #[must_use]
    pub fn remote(mut self, remote: Arc<dyn RemoteLookup>) -> Self {
        self.remote = remote;
        self
    }

    /// Finds out who somebody is; usually there is no way but local passwords.
    #[must_use]
    pub fn ways(mut self, ways: signin::Ways) -> Self {
        self.ways = Arc::new(ways);
        self
    }

    /// Sends mail; usually none is sent.
    #[must_use]
    pub fn mailer(mut self, mailer: Arc<dyn Mailer>) -> Self {
        self.mailer = mailer;
        self
    }

    /// Where moderators are told; usually nowhere.
    #[must_use]
    pub fn places(mut self, places: Places) -> Self {
        self.places = places;
        self
    }

    async fn start(self) -> TestApp {
        let database = TestDatabase::new().await;
        let bus = Bus::in_process();
        let app = App {
            db: database.pool().clone(),
            clock: self.clock.to_clock(),
            urls: Urls::new(&self.settings.web_domain, self.settings.https),
            settings: Arc::new(self.settings),
            keys: Arc::new(MasterKey::from_bytes(&MASTER_KEY)),
            tokens: TokenCache::new(&bus),
            door: service::door::Door::new(&bus),
            bus,
            remote: self.remote,
            ways: self.ways,
            mailer: self.mailer,
            places: Arc::new(self.places),
            usage: service::instance::UsageCache::default(),
            documents: service::moderation::board::documents::DocumentsCache::default(),
            peers: service::peers::PeerCache::default(),
        };
        TestApp {
            app,
            clock: self.clock,
            database,
        }
    }
}

impl IntoFuture for AppBuilder {
    type Output = TestApp;
    type IntoFuture = Pin<Box<dyn Future<Output = TestApp> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.start())
    }
}

/// A server for one test; stands in wherever a [`service::App`] is asked for.
pub struct TestApp {
    app: App,
    /// Its clock.
    pub clock: FakeClock,
    /// Its database, gone with it.
    pub database: TestDatabase,
}

impl TestApp {
    /// What routers and workers are given.
    pub fn to_app(&self) -> App {
        self.app.clone()
    }
}

impl Deref for TestApp {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

fn domain(name: &str) -> Domain {
    Domain::parse(name).expect("a test's domain is a domain")
}

fn settings(domain: Domain) -> Settings {
    Settings {
        profile: Profile::Test,
        local_domain: domain.clone(),
        web_domain: domain,
        alternate_domains: Vec::new(),
        https: true,
        presentation: Presentation {
            title: "Moot".into(),
            description: "A server for one test.".into(),
            contact_email: "board@moot.test".into(),
            languages: vec!["en".into()],
            source_url: "https://source.example/moot".into(),
            rules: vec!["Be kind.".into()],
            about: "About this *server*.".into(),
            privacy_policy: "What we **keep**.".into(),
            terms_of_service: "What we agreed on.".into(),
        },
        registrations: Registrations::Open,
        confirms_mail: false,
        email_domains: service::settings::EmailDomains::default(),
        limits: Limits::default(),
        user_active_days: 7,
        password_cost: PasswordCost::Cheap,
        shelf_bytes: 1024 * 1024,
        sign_in: SignIn::default(),
        limited_federation: false,
        governance: model::moderation::Governance::default(),
    }
}
