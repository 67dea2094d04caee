//! A fixed answer from the same HTTP stack: what no server on this stack can be faster than.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::Result;
use axum::{Router, body::Bytes, http::header::CONTENT_TYPE, routing::get};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
    service::TowerToHyperService,
};
use tokio::net::TcpListener;

use crate::{
    connection::Connection,
    load::{self, Outcome, Until},
    process,
    report::Report,
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
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new());
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        let service = TowerToHyperService::new(app.clone());
        let connection = builder
            .serve_connection(TokioIo::new(stream), service)
            .into_owned();
        tokio::spawn(connection);
    }
}

/// Measures two: one of the size of a page of home, one of the size of a WebFinger answer.
pub(crate) async fn measure(subject: &Subject<'_>, report: &mut Report) -> Result<()> {
    let (page, cpu_ms) = run(subject, report.answer_bytes("home")).await?;
    report.static_page(&page, cpu_ms);
    let (small, cpu_ms) = run(subject, report.answer_bytes("webfinger")).await?;
    report.static_small(&small, cpu_ms);
    Ok(())
}

/// In a process of its own, whose CPU time can be told from the generator's.
async fn run(subject: &Subject<'_>, bytes: usize) -> Result<(Outcome, f64)> {
    let port = free_port()?;
    let mut child = Command::new(std::env::current_exe()?)
        .args(["static", &port.to_string(), &bytes.to_string()])
        .stdin(Stdio::null())
        .spawn()?;
    let measured = ask(subject, port, child.id()).await;
    child.kill()?;
    child.wait()?;
    measured
}

async fn ask(subject: &Subject<'_>, port: u16, pid: u32) -> Result<(Outcome, f64)> {
    while Connection::open(port).await.is_err() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let before = process::cpu_ms(pid)?;
    let until = Until::Elapsed(Duration::from_secs(subject.arguments.seconds.min(3)));
    let requests = vec![request("/", port, &[])];
    let outcome = load::run(port, subject.arguments.connections, requests, 200, until).await?;
    Ok((outcome, process::cpu_ms(pid)? - before))
}
