//! The seam between deciding what may be asked and asking it.
//!
//! Two things stand behind it: the real network, and a world in memory for tests.

use std::time::Duration;

use futures_util::future::BoxFuture;
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use super::target::Reach;

/// One request, of one hop.
#[derive(Clone, Debug)]
pub struct WireRequest {
    /// GET or POST.
    pub method: Method,
    /// The address, already judged.
    pub url: Url,
    /// Where it may end up.
    pub reach: Reach,
    /// All headers.
    pub headers: HeaderMap,
    /// The body; empty for a GET.
    pub body: Vec<u8>,
    /// How long everything may take, from the name's resolution to the last byte (S22).
    pub deadline: Duration,
    /// Longest answer read, in bytes after decompression (S23).
    pub max_body: usize,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct WireResponse {
    /// The status.
    pub status: StatusCode,
    /// All headers.
    pub headers: HeaderMap,
    /// The body, decompressed.
    pub body: Vec<u8>,
}

/// Why nothing usable came back.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// The name leads to an address that may not be reached.
    #[error("the name leads to a private address")]
    PrivateAddress,
    /// The deadline passed.
    #[error("the peer took too long")]
    Timeout,
    /// More bytes than allowed.
    #[error("the answer is too large")]
    TooLarge,
    /// No connection, broken TLS, a torn answer.
    #[error("the peer cannot be reached")]
    Network(#[source] anyhow::Error),
}

/// Sends a request and gives what came back. Follows no redirect.
pub trait Wire: Send + Sync {
    /// Does it.
    fn send(&self, request: WireRequest) -> BoxFuture<'_, Result<WireResponse, WireError>>;
}
