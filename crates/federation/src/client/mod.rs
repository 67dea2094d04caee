//! The guarded client: everything that Moot asks other servers goes through here, and nowhere else (S19).
//!
//! A URL is judged (`target`), its request signed, sent over a [`Wire`], and each redirect begins again at the first
//! step: judged and signed anew, three at most, no URL twice. One deadline covers all of it.

pub mod address;
mod network;
mod target;
mod wire;

use std::sync::Arc;
use std::time::{Duration, Instant};

use activitypub::signature::{Outgoing, Payload, PrivateKey, sign_get, sign_post};
use http::header::{ACCEPT, LOCATION, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use service::Clock;
use url::Url;

pub use network::Network;
pub use target::{Reach, Rules, UrlRefused};
pub(crate) use target::{judge, leads_inside};
pub use wire::{Wire, WireError, WireRequest, WireResponse};

/// Redirects followed for one request.
const MAX_REDIRECTS: usize = 3;
/// How long fetching something may take in all.
const FETCH_DEADLINE: Duration = Duration::from_secs(30);
/// How long a delivery may take in all.
const DELIVERY_DEADLINE: Duration = Duration::from_secs(10);
/// Longest answer read, in bytes.
const MAX_BODY: usize = 1024 * 1024;

/// Who signs a request.
#[derive(Clone, Debug)]
pub struct Signer {
    /// Id of the key, as peers find it.
    pub key_id: Arc<str>,
    /// The key.
    pub key: PrivateKey,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The URL, or one it leads to, is not asked.
    #[error(transparent)]
    Url(#[from] UrlRefused),
    /// Nothing usable came back.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// More than three redirects, or one to where we have been.
    #[error("the peer redirects without end")]
    Redirects,
    /// A redirect that names no address.
    #[error("the peer redirects to nowhere")]
    BadRedirect,
}

impl ClientError {
    /// Whether asking again later may help.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Wire(WireError::Timeout | WireError::Network(_)))
    }
}

/// What a peer answered in the end.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The URL that gave it, after redirects.
    pub url: Url,
    /// The status; never a redirect.
    pub status: StatusCode,
    /// All headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The media type it claims.
    pub fn content_type(&self) -> &str {
        self.headers
            .get(http::header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// How long the peer asks us to wait, if it does so in seconds; a day at most.
    pub fn retry_after(&self) -> Option<Duration> {
        let header = self.headers.get(http::header::RETRY_AFTER)?.to_str().ok()?;
        let seconds: u64 = header.trim().parse().ok()?;
        Some(Duration::from_secs(seconds.min(24 * 60 * 60)))
    }
}

/// Asks other servers.
#[derive(Clone)]
pub struct Client {
    wire: Arc<dyn Wire>,
    rules: Arc<Rules>,
    clock: Clock,
    user_agent: HeaderValue,
}

/// What one request is about, the same at every hop.
struct Errand<'a> {
    accept: Option<&'static str>,
    signer: Option<&'a Signer>,
    payload: Option<Delivery<'a>>,
    deadline: Duration,
}

/// A document to be delivered.
#[derive(Clone, Copy, Debug)]
pub struct Delivery<'a> {
    /// The document, byte for byte as it was digested.
    pub body: &'a str,
    /// The `Digest` header for it.
    pub digest: &'a str,
}

impl Client {
    /// Over this wire. `base_url` is ours, for the name we give ourselves.
    pub fn new(wire: Arc<dyn Wire>, rules: Arc<Rules>, clock: Clock, base_url: &str) -> Self {
        let name = format!("Moot/{} (+{base_url}/)", env!("CARGO_PKG_VERSION"));
        Self {
            wire,
            rules,
            clock,
            user_agent: HeaderValue::from_str(&name).expect("our own URL is ASCII"),
        }
    }

    /// The rules it works under.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Fetches.
    pub async fn get(
        &self,
        url: &Url,
        accept: &'static str,
        signer: Option<&Signer>,
    ) -> Result<Answer, ClientError> {
        let errand = Errand {
            accept: Some(accept),
            signer,
            payload: None,
            deadline: FETCH_DEADLINE,
        };
        // On the heap: everything that may ask somebody would carry its size otherwise.
        Box::pin(self.run(url, errand)).await
    }

    /// Delivers a document.
    pub async fn post(
        &self,
        url: &Url,
        delivery: Delivery<'_>,
        signer: &Signer,
    ) -> Result<Answer, ClientError> {
        let errand = Errand {
            accept: None,
            signer: Some(signer),
            payload: Some(delivery),
            deadline: DELIVERY_DEADLINE,
        };
        Box::pin(self.run(url, errand)).await
    }

    async fn run(&self, url: &Url, errand: Errand<'_>) -> Result<Answer, ClientError> {
        let started = Instant::now();
        let mut url = without_fragment(url.clone());
        let mut visited = Vec::new();
        loop {
            let remaining = errand
                .deadline
                .checked_sub(started.elapsed())
                .ok_or(WireError::Timeout)?;
            let reach = judge(&url, &self.rules)?;
            let request = self.request(&url, reach, &errand, remaining);
            let response = self.wire.send(request).await?;
            if !is_redirect(response.status, errand.payload.is_some()) {
                return Ok(Answer {
                    url,
                    status: response.status,
                    headers: response.headers,
                    body: response.body,
                });
            }
            let next = location(&url, &response.headers)?;
            visited.push(std::mem::replace(&mut url, next));
            if visited.len() > MAX_REDIRECTS || visited.contains(&url) {
                return Err(ClientError::Redirects);
            }
        }
    }

    fn request(
        &self,
        url: &Url,
        reach: Reach,
        errand: &Errand<'_>,
        deadline: Duration,
    ) -> WireRequest {
        let mut headers = errand
            .signer
            .map_or_else(HeaderMap::new, |signer| self.signature(url, errand, signer));
        headers.insert(USER_AGENT, self.user_agent.clone());
        if let Some(accept) = errand.accept {
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
        }
        WireRequest {
            method: if errand.payload.is_some() {
                Method::POST
            } else {
                Method::GET
            },
            url: url.clone(),
            reach,
            headers,
            body: errand
                .payload
                .map(|payload| payload.body.as_bytes().to_vec())
                .unwrap_or_default(),
            deadline,
            max_body: MAX_BODY,
        }
    }

    fn signature(&self, url: &Url, errand: &Errand<'_>, signer: &Signer) -> HeaderMap {
        let outgoing = Outgoing {
            url,
            key_id: &signer.key_id,
            key: &signer.key,
            now: self.clock.now(),
        };
        let Some(payload) = errand.payload else {
            return sign_get(&outgoing);
        };
        sign_post(
            &outgoing,
            &Payload {
                content_type: "application/activity+json",
                digest: payload.digest,
                collection_synchronization: None,
            },
        )
    }
}

fn without_fragment(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}

/// A delivery is repeated elsewhere only when the peer says that it is to stay a delivery.
fn is_redirect(status: StatusCode, is_delivery: bool) -> bool {
    match status.as_u16() {
        307 | 308 => true,
        301..=303 => !is_delivery,
        _ => false,
    }
}

fn location(from: &Url, headers: &HeaderMap) -> Result<Url, ClientError> {
    let text = headers
        .get(LOCATION)
        .and_then(|value| value.to_str().ok())
        .ok_or(ClientError::BadRedirect)?;
    from.join(text)
        .map(without_fragment)
        .map_err(|_| ClientError::BadRedirect)
}
