//! From a handle to an actor and back: WebFinger as its client.
//!
//! S16: a WebFinger answer could claim somebody else's handle. So a handle counts only when the handle's domain names
//! the actor and the actor's document names the handle.

use activitypub::webfinger::{
    Acct, Answer, fill_template, lrdd_template, lrdd_template_json, query_url,
};
use activitypub::{Actor, Host, decode};
use http::StatusCode;

use crate::client::ClientError;
use crate::domains;
use crate::fetch::{self, FetchError};
use crate::run::Run;

/// What we accept. XRD is left out: it breaks Friendica.
const ACCEPT: &str = "application/jrd+json, application/json";

/// Why a handle is not confirmed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HandleError {
    /// The request failed.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// The answer has no link to an actor.
    #[error("no link to an actor")]
    NoSelfLink,
    /// Handle and actor do not name each other.
    #[error("handle and actor do not name each other")]
    Mismatch,
}

impl HandleError {
    /// The short word for answers and counters.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Fetch(error) => error.code(),
            Self::NoSelfLink => "no_self_link",
            Self::Mismatch => "webfinger_mismatch",
        }
    }

    /// Whether asking again later may help.
    pub(crate) fn is_passing(&self) -> bool {
        matches!(self, Self::Fetch(error) if error.is_passing())
    }
}

/// A handle and the actor its domain names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Confirmed {
    pub(crate) acct: Acct,
    pub(crate) actor: String,
}

/// Asks who a handle is; follows one change of the handle by its own server.
pub(crate) async fn look_up(run: &Run<'_>, acct: &Acct) -> Result<Confirmed, HandleError> {
    let (subject, actor) = query(run, acct).await?;
    if subject.is_same_as(acct) {
        return Ok(Confirmed {
            acct: subject,
            actor,
        });
    }
    let (second, actor) = query(run, &subject).await?;
    if second.is_same_as(&subject) {
        Ok(Confirmed {
            acct: second,
            actor,
        })
    } else {
        Err(HandleError::Mismatch)
    }
}

/// Confirms the handle that an actor gives itself, in both directions.
pub(crate) async fn confirm(run: &Run<'_>, actor: &Actor) -> Result<Acct, HandleError> {
    let candidate = handle_of(actor).ok_or(HandleError::Mismatch)?;
    let confirmed = look_up(run, &candidate).await?;
    // Byte for byte.
    if confirmed.actor == actor.id {
        Ok(confirmed.acct)
    } else {
        Err(HandleError::Mismatch)
    }
}

/// The handle an actor gives itself: its `webfinger` property, else its name at its id's host.
pub(crate) fn handle_of(actor: &Actor) -> Option<Acct> {
    let own = actor
        .webfinger
        .as_deref()
        .and_then(|text| Acct::parse(text).ok());
    own.or_else(|| {
        let host = Host::of_id(&actor.id)?;
        Acct::parse(&format!("{}@{host}", actor.preferred_username.as_deref()?)).ok()
    })
}

async fn query(run: &Run<'_>, acct: &Acct) -> Result<(Acct, String), HandleError> {
    if domains::is_ours(run.app, &acct.host) {
        return Err(FetchError::Ours.into());
    }
    let resource = acct.to_uri();
    let scheme = scheme(run, &acct.host);
    let answer = match get(run, &query_url(scheme, &acct.host, &resource)).await {
        Err(FetchError::Gone) => {
            let template = template(run, scheme, &acct.host).await?;
            get(run, &fill_template(&template, &resource)).await?
        }
        answer => answer?,
    };
    let document = decode(&answer).map_err(FetchError::from)?;
    let answer = Answer::from_document(&document).map_err(|error| match error {
        activitypub::webfinger::WebFingerError::NoSelfLink => HandleError::NoSelfLink,
        activitypub::webfinger::WebFingerError::NoSubject => HandleError::Mismatch,
    })?;
    let subject = Acct::parse(&answer.subject).map_err(|_| HandleError::Mismatch)?;
    Ok((subject, answer.actor))
}

/// `https`, but for hosts that can only be meant on this machine, where such are allowed.
fn scheme(run: &Run<'_>, host: &Host) -> &'static str {
    let rules = run.edge.client.rules();
    let is_http_only = rules.http_allowed
        && !run.app.settings.https
        && (host.port().is_some() || is_loopback(host));
    if is_http_only { "http" } else { "https" }
}

fn is_loopback(host: &Host) -> bool {
    let name = host.name();
    name == "localhost" || name.ends_with(".localhost") || name.parse::<std::net::IpAddr>().is_ok()
}

async fn get(run: &Run<'_>, url: &str) -> Result<Vec<u8>, FetchError> {
    let url = fetch::judge(run, url).await?;
    Ok(fetch::ask(run, &url, ACCEPT, None).await?.body)
}

/// Where the domain's host-meta says WebFinger is.
async fn template(run: &Run<'_>, scheme: &str, host: &Host) -> Result<String, FetchError> {
    const ACCEPT_HOST_META: &str =
        "application/xrd+xml, application/xml, text/xml, application/jrd+json, application/json";
    let url = fetch::judge(run, &format!("{scheme}://{host}/.well-known/host-meta")).await?;
    let answer = fetch::ask(run, &url, ACCEPT_HOST_META, None).await?;
    let text = String::from_utf8_lossy(&answer.body);
    let found = lrdd_template(&text).or_else(|| {
        decode(&answer.body)
            .ok()
            .as_ref()
            .and_then(lrdd_template_json)
    });
    found.ok_or(FetchError::Gone)
}

/// Whether a failed look-up says that there is nobody of that name, and no more than that.
pub(crate) fn means_nobody(error: &HandleError) -> bool {
    match error {
        HandleError::NoSelfLink
        | HandleError::Mismatch
        | HandleError::Fetch(FetchError::Client(ClientError::Url(_))) => true,
        HandleError::Fetch(FetchError::Status { status, .. }) => {
            status.is_client_error() && *status != StatusCode::TOO_MANY_REQUESTS
        }
        HandleError::Fetch(error) => !error.is_passing(),
    }
}
