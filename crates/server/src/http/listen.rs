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
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower::Service as _;
use tower_http::timeout::TimeoutBody;
use tracing::{debug, warn};

use crate::config::network::Listen;

/// A request's head must be here within this time, of a new connection and of every further request on it.
const HEAD: Duration = Duration::from_secs(15);
/// A body must go on within this time.
const BODY: Duration = Duration::from_secs(30);
/// What is under way when the server stops may finish within this time.
const FAREWELL: Duration = Duration::from_secs(20);
/// Bytes of a request's head.
const HEAD_BYTES: usize = 64 * 1024;
/// Requests at once on one HTTP/2 connection.
const STREAMS: u32 = 128;

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
pub async fn serve(
    listener: Listener,
    router: Router,
    max_connections: usize,
    stop: CancellationToken,
) {
    let builder = Arc::new(builder());
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(max_connections));
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
                    respond(router.clone(), request, peer)
                }
            });
            let connection = watcher.watch(
                builder
                    .serve_connection(TokioIo::new(stream), service)
                    .into_owned(),
            );
            // Before the first request the version is still being guessed, which has no time limit of its own.
            let silence = async {
                tokio::time::sleep(HEAD).await;
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
fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(u32::try_from(HEAD_BYTES).expect("64 KiB fit"))
        .max_pending_accept_reset_streams(20)
        .keep_alive_interval(Duration::from_secs(30))
        .keep_alive_timeout(HEAD);
    builder
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

type Accepted = (
    Box<dyn Stream>,
    SocketAddr,
    tokio::sync::OwnedSemaphorePermit,
);

async fn accept(listener: &Listener, places: &Arc<Semaphore>) -> std::io::Result<Accepted> {
    let place = Arc::clone(places)
        .acquire_owned()
        .await
        .expect("the semaphore is never closed");
    let (stream, peer): (Box<dyn Stream>, SocketAddr) = match listener {
        Listener::Tcp(listener) => {
            let (stream, peer) = listener.accept().await?;
            stream.set_nodelay(true)?;
            (Box::new(stream), peer)
        }
        Listener::Unix(listener) => {
            let (stream, _) = listener.accept().await?;
            (
                Box::new(stream),
                SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            )
        }
    };
    Ok((stream, peer, place))
}

fn respond(
    mut router: Router,
    request: Request<Incoming>,
    peer: SocketAddr,
) -> impl Future<Output = Result<axum::response::Response, Infallible>> {
    let mut request = request.map(|body| Body::new(TimeoutBody::new(BODY, body)));
    request.extensions_mut().insert(ConnectInfo(peer));
    router.call(request)
}
