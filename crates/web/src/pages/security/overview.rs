//! Everything at a glance.

use askama::Template;
use axum::{
    extract::{Query, State as Extract},
    response::{IntoResponse, Response},
};
use model::{member::Session, oauth::AuthorisedApp};
use serde::Deserialize;
use service::{
    auth, members,
    second_factor::{self, Factors, PASSKEY_NAME},
};
use url::Url;

use super::{Done, HOME, browser_name, gate};
use crate::{
    State,
    oauth::in_words,
    pages::{Frame, PageError, Shown, cards::Moment},
    session::{Browser, SignedIn},
};

#[derive(Template)]
#[template(path = "security/overview.html")]
struct OverviewPage<'a> {
    frame: Frame,
    form_token: String,
    done: &'a str,
    problem: &'a str,
    factors: Factors,
    app_since: Option<Moment>,
    is_required: bool,
    passkeys: Vec<PasskeyLine>,
    longest_name: usize,
    /// Whether a passkey alone is enough here.
    passkey_is_enough: bool,
    has_local_password: bool,
    /// Where the organisation's password is changed.
    account_settings: Option<&'a str>,
    username: &'a str,
    sessions: Vec<SessionLine>,
    apps: Vec<AppLine>,
}

struct PasskeyLine {
    id: String,
    name: String,
    added: Moment,
    used: Option<Moment>,
}

struct SessionLine {
    id: String,
    name: String,
    begun: Moment,
    seen: Moment,
    is_this: bool,
}

struct AppLine {
    id: String,
    name: String,
    website: Option<Website>,
    permissions: Vec<String>,
    since: Moment,
    used: Option<Moment>,
}

struct Website {
    url: String,
    host: String,
}

/// What was done on the way here.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Came {
    done: String,
}

/// `GET /settings/security`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Query(came): Query<Came>,
) -> Result<Response, PageError> {
    let signed_in = gate::fully(&browser, HOME)?;
    let done = Done::read(&came.done).map_or("", Done::sentence);
    Ok(filled(&state, &browser, signed_in, (done, ""))
        .await?
        .into_response())
}

/// The page, with something that went wrong.
pub(super) async fn page(
    state: &State,
    browser: &Browser,
    signed_in: &SignedIn,
    problem: &str,
) -> Result<Shown, PageError> {
    filled(state, browser, signed_in, ("", problem)).await
}

async fn filled(
    state: &State,
    browser: &Browser,
    signed_in: &SignedIn,
    (done, problem): (&str, &str),
) -> Result<Shown, PageError> {
    let app = &state.app;
    let account = signed_in.member.account.id;
    let factors = second_factor::factors(app, account).await?;
    let passkeys = second_factor::passkeys(app, account).await?;
    let sessions = auth::sessions(app, account).await?;
    let apps = auth::authorised_apps(app, account).await?;
    let page = OverviewPage {
        frame: Frame::new(state, browser),
        form_token: signed_in.form_token(state),
        done,
        problem,
        factors,
        app_since: factors.totp_since.map(Moment::day),
        is_required: second_factor::is_demanded_of(app, &signed_in.member).await?,
        passkeys: passkeys
            .into_iter()
            .map(|passkey| PasskeyLine {
                id: passkey.id.to_string(),
                name: passkey.name,
                added: Moment::day(passkey.created_at),
                used: passkey.last_used_at.map(Moment::new),
            })
            .collect(),
        longest_name: PASSKEY_NAME,
        passkey_is_enough: second_factor::is_passkey_enough_for(app, account).await?,
        has_local_password: members::has_local_password(app, account).await?,
        account_settings: app.settings.sign_in.account_settings.as_deref(),
        username: signed_in.member.account.username.as_str(),
        sessions: sessions
            .into_iter()
            .map(|session| line_of(&session, &signed_in.session))
            .collect(),
        apps: apps.into_iter().map(AppLine::from).collect(),
    };
    Ok(Shown::new(state, browser, &page).private())
}

fn line_of(session: &Session, this: &Session) -> SessionLine {
    SessionLine {
        id: session.id.to_string(),
        name: browser_name::in_words(&session.user_agent),
        begun: Moment::new(session.created_at),
        seen: Moment::new(session.seen_at),
        is_this: session.id == this.id,
    }
}

impl From<AuthorisedApp> for AppLine {
    fn from(app: AuthorisedApp) -> Self {
        Self {
            id: app
                .application_id
                .map(|id| id.to_string())
                .unwrap_or_default(),
            name: app.name.unwrap_or_else(|| "Command line".to_owned()),
            website: app.website.and_then(Website::new),
            permissions: in_words(&app.scopes),
            since: Moment::day(app.since),
            used: app.last_used_at.map(Moment::new),
        }
    }
}

impl Website {
    /// Only pages of the web are linked to.
    fn new(url: String) -> Option<Self> {
        let parsed = Url::parse(&url).ok()?;
        let host = parsed.host_str()?.to_owned();
        matches!(parsed.scheme(), "http" | "https").then_some(Self { url, host })
    }
}
