//! A server whose database is away: what it answers must not need one, or say so.

use std::{sync::Arc, time::Duration};

use axum::{Router, body::Body, response::Response};
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use model::{
    Domain,
    instance::{Profile, Registrations},
};
use serde_json::Value;
use service::{
    App, Clock, Settings, Urls,
    auth::TokenCache,
    bus::Bus,
    instance::UsageCache,
    keys::MasterKey,
    mail::NoMail,
    peers::PeerCache,
    remote::Nowhere,
    settings::{EmailDomains, Limits, PasswordCost, Presentation, SignIn},
};
use time::macros::datetime;
use tower::ServiceExt;

/// The whole router.
pub(crate) fn router(profile: Profile) -> Router {
    web::router(app(profile))
}

fn app(profile: Profile) -> App {
    let web_domain = Domain::parse("social.club.example").unwrap();
    let settings = Settings {
        profile,
        local_domain: Domain::parse("club.example").unwrap(),
        web_domain: web_domain.clone(),
        alternate_domains: vec![],
        https: true,
        presentation: Presentation {
            title: "Club".into(),
            description: String::new(),
            contact_email: String::new(),
            languages: vec!["en".into()],
            source_url: "https://code.example/moot".into(),
            rules: vec!["Be kind".into()],
            about: String::new(),
            privacy_policy: String::new(),
            terms_of_service: String::new(),
        },
        registrations: Registrations::Open,
        confirms_mail: false,
        email_domains: EmailDomains::default(),
        limits: Limits::default(),
        user_active_days: 7,
        password_cost: PasswordCost::Cheap,
        shelf_bytes: 0,
        sign_in: SignIn::default(),
        governance: model::moderation::Governance::default(),
        limited_federation: false,
    };
    let bus = Bus::in_process();
    App {
        db: sqlx::postgres::PgPoolOptions::new()
            .acquire_timeout(Duration::from_millis(200))
            .connect_lazy("postgres://nobody@127.0.0.1:1/nowhere")
            .unwrap(),
        clock: Clock::from_fn(|| datetime!(2026-11-22 20:01:30 UTC)),
        settings: Arc::new(settings),
        urls: Urls::new(&web_domain, true),
        keys: Arc::new(MasterKey::from_bytes(&[7; 32])),
        tokens: TokenCache::new(&bus),
        door: service::door::Door::new(&bus),
        places: Arc::default(),
        bus,
        remote: Arc::new(Nowhere),
        ways: Arc::default(),
        mailer: Arc::new(NoMail),
        usage: UsageCache::default(),
        documents: service::moderation::board::documents::DocumentsCache::default(),
        peers: PeerCache::default(),
    }
}

/// Sends a request; what comes back as JSON.
pub(crate) async fn ask(
    router: Router,
    request: Request<Body>,
) -> (StatusCode, http::HeaderMap, Value) {
    let response: Response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let value = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    (parts.status, parts.headers, value)
}

/// Asks for something without a token.
pub(crate) fn get(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

/// Sends a body without a token.
pub(crate) fn post(path: &str, content_type: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post(path)
        .header("content-type", content_type)
        .body(body.into())
        .unwrap()
}
