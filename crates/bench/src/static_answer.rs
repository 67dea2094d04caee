//! A fixed answer of the size of a home timeline, from the same HTTP stack: what no server on this stack can be faster than.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::Result;
use axum::{Router, body::Bytes, http::header::CONTENT_TYPE, routing::get};

use crate::{
    connection::Connection,
    load::{self, Until},
    process,
    report::{Cost, Report},
    scenarios::{Subject, get as request},
    server::free_port,
};

/// Answers every request for `/` with so many bytes.
pub(crate) async fn serve(port: u16, bytes: usize) -> Result<()> {
    let body = Bytes::from(vec![b'x'; bytes]);
    let app = Router::new().route(
        "/",
        get(move || async move { ([(CONTENT_TYPE, "application/json")], body) }),
    );
    axum::serve(
        tokio::net::TcpListener::bind(("127.0.0.1", port)).await?,
        app,
    )
    .await?;
    Ok(())
}

/// Measures it, in a process of its own.
pub(crate) async fn measure(subject: &Subject<'_>, report: &mut Report) -> Result<()> {
    let bytes = subject.home_page().await?.len();
    let port = free_port()?;
    let mut child = Command::new(std::env::current_exe()?)
        .args(["static", &port.to_string(), &bytes.to_string()])
        .stdin(Stdio::null())
        .spawn()?;
    while Connection::open(port).await.is_err() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let before = process::cpu_ms(child.id())?;
    let until = Until::Elapsed(Duration::from_secs(subject.arguments.seconds));
    let outcome = load::run(
        port,
        subject.arguments.connections,
        vec![request("/", port, &[])],
        200,
        until,
    )
    .await;
    let spent = process::cpu_ms(child.id())? - before;
    child.kill()?;
    child.wait()?;
    report.limit(
        bytes,
        &outcome?,
        Cost {
            server_ms: spent,
            database_ms: 0.0,
        },
    );
    Ok(())
}
