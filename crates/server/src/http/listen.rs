//! Accepts connections within limits and lets those under way finish when the server stops.

use std::convert::Infallible;
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use signin::proxy::Peer;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower::Service as _;
use tower_http::timeout::TimeoutBody;
use tracing::{debug, warn};

use crate::config::network::Listen;

/// What is under way when the server stops may finish within this time.
const FAREWELL: Duration = Duration::from_secs(20);
/// Bytes of a request's head.
const HEAD_BYTES: usize = 64 * 1024;
/// Requests at once on one HTTP/2 connection.
const STREAMS: u32 = 128;

/// How much a listener bears (S64).
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections open at once; further ones wait.
    pub connections: usize,
    /// A request's head must be here within this time, of a new connection and of every further request on it.
    pub head: Duration,
    /// A body must go on within this time.
    pub body: Duration,
}

impl Limits {
    /// The usual ones, for so many connections.
    pub const fn with_connections(connections: usize) -> Self {
        Self {
            connections,
            head: Duration::from_secs(15),
            body: Duration::from_secs(30),
        }
    }
}

/// Why nobody can be listened to.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// The port is taken, or not ours to take.
    #[error("cannot listen on {address}; is another program there? Choose another PORT or BIND")]
    Tcp {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The socket cannot be made.
    #[error("cannot listen on the socket {}", path.display())]
    Unix {
        /// Where.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// An open door.
#[derive(Debug)]
pub enum Listener {
    /// TCP.
    Tcp(TcpListener),
    /// A unix socket; who comes through it counts as coming from this machine.
    Unix(UnixListener),
}

impl Listener {
    /// Opens the door.
    pub async fn open(place: &Listen) -> Result<Self, ListenError> {
        match place {
            Listen::Tcp(address) => Self::tcp(*address).await,
            Listen::Unix(path, _) => {
                unix(path)
                    .map(Self::Unix)
                    .map_err(|source| ListenError::Unix {
                        path: path.clone(),
                        source,
                    })
            }
        }
    }

    /// Opens a TCP port.
    pub async fn tcp(address: SocketAddr) -> Result<Self, ListenError> {
        TcpListener::bind(address)
            .await
            .map(Self::Tcp)
            .map_err(|source| ListenError::Tcp { address, source })
    }
}

/// The proxy in front is another user: as in Mastodon everybody who can reach the folder may connect.
fn unix(path: &Path) -> std::io::Result<UnixListener> {
    // A file left by a server that was killed is in the way; one with somebody behind it is not ours to remove.
    if path.exists() && std::os::unix::net::UnixStream::connect(path).is_err() {
        std::fs::remove_file(path)?;
    }
    let listener = UnixListener::bind(path)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o666))?;
    Ok(listener)
}

/// Serves until told to stop, then lets what is under way finish.
pub async fn serve(listener: Listener, router: Router, limits: Limits, stop: CancellationToken) {
    let builder = Arc::new(builder(limits.head));
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(limits.connections));
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = accept(&listener, &places) => accepted,
        };
        let (stream, peer, place) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, most likely: those who leave will make room.
                warn!(error = %error, "A connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let (router, builder, watcher) = (router.clone(), Arc::clone(&builder), graceful.watcher());
        tokio::spawn(async move {
            let spoke = Arc::new(AtomicBool::new(false));
            let service = service_fn({
                let spoke = Arc::clone(&spoke);
                move |request| {
                    spoke.store(true, Ordering::Relaxed);
                    respond(router.clone(), request, peer, limits.body)
                }
            });
            let connection = watcher.watch(
                builder
                    .serve_connection(TokioIo::new(stream), service)
                    .into_owned(),
            );
            // Before the first request the version is still being guessed, which has no time limit of its own.
            let silence = async {
                tokio::time::sleep(limits.head).await;
                if spoke.load(Ordering::Relaxed) {
                    std::future::pending::<()>().await;
                }
            };
            tokio::select! {
                ended = connection => if let Err(error) = ended { debug!(error = %error, "A connection ended badly") },
                () = silence => debug!("A connection that said nothing was closed"),
            }
            drop(place);
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(FAREWELL) => warn!("Some requests were still under way and were cut off"),
    }
}

/// Limits of S64: cheap frames and slow heads must not hold the server up.
fn builder(head: Duration) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(head)
        .max_buf_size(HEAD_BYTES);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(u32::try_from(HEAD_BYTES).expect("64 KiB fit"))
        .max_pending_accept_reset_streams(20)
        .keep_alive_interval(Duration::from_secs(30))
        .keep_alive_timeout(head);
    builder
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

type Accepted = (Box<dyn Stream>, Peer, tokio::sync::OwnedSemaphorePermit);

async fn accept(listener: &Listener, places: &Arc<Semaphore>) -> std::io::Result<Accepted> {
    let place = Arc::clone(places)
        .acquire_owned()
        .await
        .expect("the semaphore is never closed");
    let (stream, peer): (Box<dyn Stream>, Peer) = match listener {
        Listener::Tcp(listener) => {
            let (stream, peer) = listener.accept().await?;
            stream.set_nodelay(true)?;
            (Box::new(stream), Peer::Address(peer.ip()))
        }
        Listener::Unix(listener) => {
            let (stream, _) = listener.accept().await?;
            (Box::new(stream), Peer::Socket)
        }
    };
    Ok((stream, peer, place))
}

fn respond(
    mut router: Router,
    request: Request<Incoming>,
    peer: Peer,
    patience: Duration,
) -> impl Future<Output = Result<axum::response::Response, Infallible>> {
    let mut request = request.map(|body| Body::new(TimeoutBody::new(patience, body)));
    // For limits and logs who comes through the socket counts as coming from this machine.
    let address = match peer {
        Peer::Address(address) => address,
        Peer::Socket => IpAddr::V4(Ipv4Addr::LOCALHOST),
    };
    let counted = ConnectInfo(SocketAddr::new(address, 0));
    request.extensions_mut().insert(counted);
    request.extensions_mut().insert(peer);
    router.call(request)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::{get, post};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;
    use tower_http::catch_panic::CatchPanicLayer;

    /// Sends these bytes to a server that has little patience, and reads until it closes.
    async fn send(bytes: &[u8]) -> String {
        let router = Router::new()
            .route("/", get(|| async { "fine" }))
            .route("/panic", get(|| async { panic!("injected") as &str }))
            .route("/body", post(|body: String| async { body }))
            .layer(CatchPanicLayer::new());
        let patience = Duration::from_millis(200);
        let limits = Limits {
            connections: 2,
            head: patience,
            body: patience,
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let server = tokio::spawn(serve(Listener::Tcp(listener), router, limits, stop.clone()));
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        stop.cancel();
        server.await.unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[tokio::test]
    async fn a_socket_left_by_a_killed_server_is_taken_over_and_one_in_use_is_not() {
        let path = std::env::temp_dir().join(format!("moot-listen-{}.sock", std::process::id()));
        let place = Listen::Unix(path.clone(), 3000);
        drop(Listener::open(&place).await.unwrap());

        let second = Listener::open(&place).await;
        let third = Listener::open(&place).await;

        assert!(second.is_ok());
        assert!(matches!(third, Err(ListenError::Unix { .. })));
        std::fs::remove_file(path).unwrap();
    }

    /// S64: whoever says nothing, or half a word, is not listened to for ever.
    #[tokio::test]
    async fn silence_and_slow_heads_end() {
        for bytes in [
            &b""[..],
            b"P",
            b"PRI * HTTP/2.0",
            b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        ] {
            let answer = send(bytes).await;

            assert!(!answer.contains("200 OK"), "{answer}");
        }
    }

    /// S64: a body that stops in the middle ends its request.
    #[tokio::test]
    async fn a_body_that_never_comes_is_refused() {
        let answer =
            send(b"POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf").await;

        assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    }

    /// S64: a panic ends one request and not the server.
    #[tokio::test]
    async fn a_panic_ends_one_request() {
        let answer =
            send(b"GET /panic HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n").await;

        assert!(answer.contains("500 Internal"), "{answer}");
        assert!(answer.contains("200 OK"), "{answer}");
    }
}
