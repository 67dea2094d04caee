//! What the provider says of itself: its addresses and its keys, kept for a while.

use std::sync::{Arc, Mutex};

use outgoing::{Http, is_safe};
use serde::Deserialize;
use serde_json::Value;
use time::{Duration, OffsetDateTime};
use url::Url;

use super::{Settings, keys::Keys, settings, token};
use crate::Unrecognised;

/// How long what it said is believed without asking again.
const KEPT: Duration = Duration::hours(1);
/// A key that is unknown is looked for again, but not more often than this: anybody can name keys that never were.
const KEYS_AGAIN: Duration = Duration::seconds(10);

/// A provider's addresses, complete.
#[derive(Clone, Debug)]
pub(super) struct Endpoints {
    pub(super) authorization: Url,
    pub(super) token: Url,
    pub(super) userinfo: Option<Url>,
    pub(super) jwks: Url,
    pub(super) end_session: Option<Url>,
}

impl Endpoints {
    fn all(&self) -> impl Iterator<Item = &Url> {
        let optional = self.userinfo.iter().chain(&self.end_session);
        [&self.authorization, &self.token, &self.jwks]
            .into_iter()
            .chain(optional)
    }
}

/// What is known of the provider.
#[derive(Debug)]
pub(super) struct Provider {
    issuer: String,
    discovery: bool,
    given: settings::Endpoints,
    endpoints: Kept<Endpoints>,
    keys: Kept<Keys>,
}

impl Provider {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            issuer: settings.issuer.clone(),
            discovery: settings.discovery,
            given: settings.endpoints.clone(),
            endpoints: Kept::default(),
            keys: Kept::default(),
        }
    }

    /// Its addresses: what it tells, and else what the operator says.
    pub(super) async fn endpoints(
        &self,
        http: &Http,
        now: OffsetDateTime,
    ) -> Result<Arc<Endpoints>, Unrecognised> {
        if let Some(kept) = self.endpoints.younger_than(KEPT, now) {
            return Ok(kept);
        }
        let told = if self.discovery {
            self.discover(http).await?
        } else {
            Metadata::default()
        };
        let endpoints = self.complete(told).map_err(Unrecognised::Unavailable)?;
        if let Some(plain) = endpoints.all().find(|address| !is_safe(address)) {
            return Err(Unrecognised::Unavailable(format!("{plain} is not https")));
        }
        Ok(self.endpoints.keep(endpoints, now))
    }

    /// The claims of a token that one of its keys has signed. An unknown key is looked for once more, since keys
    /// change.
    pub(super) async fn verified(
        &self,
        http: &Http,
        token: &str,
        now: OffsetDateTime,
    ) -> Result<token::Verified, Unrecognised> {
        let untrue = |problem: token::Untrue| Unrecognised::Untrue(problem.to_string());
        let header = token::header(token).map_err(untrue)?;
        let keys = match self.keys.younger_than(KEPT, now) {
            Some(keys) => keys,
            None => self.ask_keys(http, now).await?,
        };
        let is_recent = || self.keys.younger_than(KEYS_AGAIN, now).is_some();
        let keys = if keys.find(&header).is_none() && !is_recent() {
            self.ask_keys(http, now).await?
        } else {
            keys
        };
        token::verify(token, &header, &keys).map_err(untrue)
    }

    async fn discover(&self, http: &Http) -> Result<Metadata, Unrecognised> {
        let unavailable = Unrecognised::Unavailable;
        let address = format!(
            "{}/.well-known/openid-configuration",
            self.issuer.trim_end_matches('/')
        );
        let address = Url::parse(&address)
            .map_err(|_| unavailable(format!("the issuer {} is no address", self.issuer)))?;
        let answer = http.get(&address, None).await.map_err(unavailable)?;
        if !answer.status.is_success() {
            let status = answer.status;
            return Err(unavailable(format!("{address} answered {status}")));
        }
        let told: Metadata = serde_json::from_slice(&answer.body)
            .map_err(|error| unavailable(format!("{address} cannot be read: {error}")))?;
        if told.issuer != self.issuer {
            return Err(unavailable(format!(
                "{address} is of the issuer {}, and OIDC_ISSUER says {}",
                told.issuer, self.issuer
            )));
        }
        Ok(told)
    }

    fn complete(&self, told: Metadata) -> Result<Endpoints, String> {
        let missing = |what: &str| {
            if self.discovery {
                format!("the provider does not tell its {what}")
            } else {
                format!("OIDC_DISCOVERY is off and the {what} is not given")
            }
        };
        let given = self.given.clone();
        Ok(Endpoints {
            authorization: told
                .authorization_endpoint
                .or(given.authorization)
                .ok_or_else(|| missing("authorization endpoint"))?,
            token: told
                .token_endpoint
                .or(given.token)
                .ok_or_else(|| missing("token endpoint"))?,
            userinfo: told.userinfo_endpoint.or(given.userinfo),
            jwks: told
                .jwks_uri
                .or(given.jwks)
                .ok_or_else(|| missing("address of keys"))?,
            end_session: told.end_session_endpoint.or(given.end_session),
        })
    }

    async fn ask_keys(&self, http: &Http, now: OffsetDateTime) -> Result<Arc<Keys>, Unrecognised> {
        let unavailable = Unrecognised::Unavailable;
        let endpoints = self.endpoints(http, now).await?;
        let address = &endpoints.jwks;
        let answer = http.get(address, None).await.map_err(unavailable)?;
        if !answer.status.is_success() {
            let status = answer.status;
            return Err(unavailable(format!("{address} answered {status}")));
        }
        let set: Value = serde_json::from_slice(&answer.body)
            .map_err(|error| unavailable(format!("{address} cannot be read: {error}")))?;
        Ok(self.keys.keep(Keys::of(&set), now))
    }
}

/// The parts of the discovery document that matter here (OpenID Connect Discovery, 3).
#[derive(Debug, Default, Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: Option<Url>,
    token_endpoint: Option<Url>,
    userinfo_endpoint: Option<Url>,
    jwks_uri: Option<Url>,
    end_session_endpoint: Option<Url>,
}

/// Something that was asked for, and when. Two who ask at once both ask; the later answer stays.
#[derive(Debug)]
struct Kept<T>(Mutex<Option<(OffsetDateTime, Arc<T>)>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Kept<T> {
    fn younger_than(&self, age: Duration, now: OffsetDateTime) -> Option<Arc<T>> {
        let kept = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let (at, value) = kept.as_ref()?;
        (now - *at < age).then(|| value.clone())
    }

    fn keep(&self, value: T, now: OffsetDateTime) -> Arc<T> {
        let value = Arc::new(value);
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = Some((now, value.clone()));
        value
    }
}
