//! The real network: the only place in Moot that opens sockets to what strangers name (S19).

use std::error::Error as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::time::timeout;

use super::target::{Reach, Rules};
use super::wire::{Wire, WireError, WireRequest, WireResponse};

/// How long a name may take to resolve.
const RESOLVE: Duration = Duration::from_secs(5);
/// How long a connection may take, TLS included.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a peer may be silent in the middle of an answer.
const READ: Duration = Duration::from_secs(10);
/// How long an idle connection to a peer is kept.
const KEEP: Duration = Duration::from_mins(1);

/// Sends requests over TCP and TLS.
pub struct Network {
    world: reqwest::Client,
    listed: reqwest::Client,
}

impl Network {
    /// Under the operator's rules.
    pub fn new(rules: &Arc<Rules>) -> Result<Self, reqwest::Error> {
        Ok(Self {
            world: client(rules, Reach::World)?,
            listed: client(rules, Reach::Listed)?,
        })
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where a client is made"
)]
fn client(rules: &Arc<Rules>, reach: Reach) -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .dns_resolver(Arc::new(CheckedResolver {
            rules: Arc::clone(rules),
            reach,
        }))
        // Redirects are followed by hand, each hop judged and signed anew.
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        // A proxy from the environment would resolve names itself, unchecked.
        .no_proxy()
        .connect_timeout(CONNECT)
        .read_timeout(READ)
        .pool_idle_timeout(KEEP)
        .pool_max_idle_per_host(2)
        .build()
}

impl Wire for Network {
    fn send(&self, request: WireRequest) -> BoxFuture<'_, Result<WireResponse, WireError>> {
        Box::pin(async move {
            let deadline = request.deadline;
            timeout(deadline, self.exchange(request))
                .await
                .map_err(|_| WireError::Timeout)?
        })
    }
}

impl Network {
    async fn exchange(&self, request: WireRequest) -> Result<WireResponse, WireError> {
        let client = match request.reach {
            Reach::World => &self.world,
            Reach::Listed => &self.listed,
        };
        let mut response = client
            .request(request.method, request.url)
            .headers(request.headers)
            .body(request.body)
            .send()
            .await
            .map_err(refused)?;
        let too_large =
            |length: u64| usize::try_from(length).map_or(true, |length| length > request.max_body);
        if response.content_length().is_some_and(too_large) {
            return Err(WireError::TooLarge);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(refused)? {
            // Counted as they come, after decompression: lengths lie and zeros compress well (S23).
            if body.len() + chunk.len() > request.max_body {
                return Err(WireError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(WireResponse {
            status: response.status(),
            headers: std::mem::take(response.headers_mut()),
            body,
        })
    }
}

fn refused(error: reqwest::Error) -> WireError {
    if error.is_timeout() {
        return WireError::Timeout;
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.is::<PrivateAddress>() {
            return WireError::PrivateAddress;
        }
        cause = error.source();
    }
    WireError::Network(error.without_url().into())
}

/// The name leads somewhere it must not.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the name leads to a private address")]
struct PrivateAddress;

/// Resolves a name and hands out its addresses only if every one of them may be reached. The connection is made to
/// what was checked, so that a second answer of the name server changes nothing (S20).
struct CheckedResolver {
    rules: Arc<Rules>,
    reach: Reach,
}

impl Resolve for CheckedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (rules, reach) = (Arc::clone(&self.rules), self.reach);
        Box::pin(async move {
            let found = timeout(RESOLVE, tokio::net::lookup_host((name.as_str(), 0))).await??;
            let addresses: Vec<SocketAddr> = found.collect();
            if addresses
                .iter()
                .any(|address| !rules.permits(reach, address.ip()))
            {
                return Err(PrivateAddress.into());
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, Method};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    async fn peer(answer: &'static [u8]) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut buffer = [0; 1024];
                let _ = stream.read(&mut buffer).await;
                let _ = stream.write_all(answer).await;
            }
        });
        port
    }

    fn ask(port: u16, reach: Reach) -> WireRequest {
        WireRequest {
            method: Method::GET,
            url: format!("http://localhost:{port}/").parse().unwrap(),
            reach,
            headers: HeaderMap::new(),
            body: Vec::new(),
            deadline: Duration::from_secs(5),
            max_body: 100,
        }
    }

    fn network(listed: &str) -> Network {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let allowed_private = listed
            .split(',')
            .filter_map(|range| range.parse().ok())
            .collect();
        Network::new(&Arc::new(Rules {
            allowed_private,
            http_allowed: true,
        }))
        .unwrap()
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_connected_to() {
        let port = peer(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await;

        let answer = network("").send(ask(port, Reach::World)).await;

        assert!(
            matches!(answer, Err(WireError::PrivateAddress)),
            "{answer:?}"
        );
    }

    #[tokio::test]
    async fn a_listed_address_answers() {
        let port = peer(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await;

        let answer = network("127.0.0.0/8,::1")
            .send(ask(port, Reach::Listed))
            .await
            .unwrap();

        assert_eq!(answer.body, b"ok");
    }

    #[tokio::test]
    async fn an_answer_over_the_limit_is_dropped_with_or_without_its_length() {
        let said = peer(b"HTTP/1.1 200 OK\r\ncontent-length: 101\r\n\r\n").await;
        let unsaid = peer(
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n41\r\n\
              00000000000000000000000000000000000000000000000000000000000000000\r\n41\r\n\
              00000000000000000000000000000000000000000000000000000000000000000\r\n0\r\n\r\n",
        )
        .await;
        let network = network("127.0.0.0/8,::1");

        for port in [said, unsaid] {
            let answer = network.send(ask(port, Reach::Listed)).await;
            assert!(matches!(answer, Err(WireError::TooLarge)), "{answer:?}");
        }
    }

    #[tokio::test]
    async fn a_peer_that_trickles_is_left_at_the_deadline() {
        let port = peer(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\no").await;
        let mut request = ask(port, Reach::Listed);
        request.deadline = Duration::from_millis(200);
        // The listener closes after its answer, which may be seen first; both are ends.
        let answer = network("127.0.0.0/8,::1").send(request).await;

        assert!(
            matches!(answer, Err(WireError::Timeout | WireError::Network(_))),
            "{answer:?}"
        );
    }
}
