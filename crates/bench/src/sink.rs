//! Other servers, as far as deliveries go: fifty addresses of loopback that answer every request with 202.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use anyhow::{Context as _, Result};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

/// How many hosts, 127.0.1.1 and on; seed.sql counts on it.
pub(crate) const HOSTS: u8 = 50;

/// The addresses and what arrived there.
pub(crate) struct Sink {
    /// The port that all addresses share.
    pub(crate) port: u16,
    arrived: Arc<AtomicUsize>,
}

impl Sink {
    /// Listens on all addresses.
    pub(crate) async fn open() -> Result<Self> {
        let arrived = Arc::new(AtomicUsize::new(0));
        let first = TcpListener::bind(("127.0.1.1", 0)).await?;
        let port = first.local_addr()?.port();
        tokio::spawn(accept(first, Arc::clone(&arrived)));
        for host in 2..=HOSTS {
            let listener = TcpListener::bind((format!("127.0.1.{host}"), port))
                .await
                .context("an address of 127.0.1.0/24 is taken")?;
            tokio::spawn(accept(listener, Arc::clone(&arrived)));
        }
        Ok(Self { port, arrived })
    }

    /// How many requests arrived so far.
    pub(crate) fn arrived(&self) -> usize {
        self.arrived.load(Ordering::Relaxed)
    }
}

async fn accept(listener: TcpListener, arrived: Arc<AtomicUsize>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(answer_all(stream, Arc::clone(&arrived)));
    }
}

/// Answers until the other side closes; what goes wrong with one connection is of no interest.
async fn answer_all(stream: TcpStream, arrived: Arc<AtomicUsize>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            let line = line.trim().to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
            if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.ok()?;
        arrived.fetch_add(1, Ordering::Relaxed);
        stream
            .write_all(b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n")
            .await
            .ok()?;
    }
}
