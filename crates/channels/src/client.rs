//! The way out.

use http::{HeaderMap, HeaderValue, Method, header};
use outgoing::{Answer, Http, Limits, Request, Trust};
use url::Url;

use crate::Failure;

/// The HTTP client for all channels: TLS by the system's authorities, no redirects, and limits of time and size.
/// Cheap to clone; one for the life of the process keeps connections open.
#[derive(Clone, Debug)]
pub struct Client(Http);

/// Why there is no client: the system's authorities cannot be read, for instance.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ClientError(String);

impl Client {
    /// A client.
    pub fn new() -> Result<Self, ClientError> {
        Http::new(&Trust::System, Limits::IN_THE_BACKGROUND)
            .map(Self)
            .map_err(ClientError)
    }

    /// Sends a JSON body. What comes back may be any status.
    pub(crate) async fn send(
        &self,
        method: Method,
        url: &Url,
        mut headers: HeaderMap,
        body: Vec<u8>,
    ) -> Result<Answer, Failure> {
        headers
            .entry(header::CONTENT_TYPE)
            .or_insert(HeaderValue::from_static("application/json"));
        let request = Request {
            method,
            url,
            headers,
            body,
        };
        let answer = self.0.send(request).await;
        answer.map_err(|why| Failure::retry(None, why))
    }
}
