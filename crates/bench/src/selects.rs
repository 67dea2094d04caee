//! `pgbench -S`: what one look-up by primary key costs PostgreSQL, prepared and over a kept connection.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use serde::Serialize;
use sqlx::{Executor as _, PgConnection};

use crate::process::Cluster;

/// What was seen.
#[derive(Serialize)]
pub(crate) struct Selects {
    /// Look-ups per second, eight clients.
    pub(crate) per_second: f64,
    /// CPU time of PostgreSQL for one, in milliseconds.
    pub(crate) cpu_ms: f64,
}

/// Measures it in a database of its own; `None` where pgbench is not installed.
pub(crate) async fn measure(
    database: &mut PgConnection,
    url: &str,
    cluster: &Cluster,
) -> Result<Option<Selects>> {
    let is_there = Command::new("pgbench")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    if !is_there.is_ok_and(|status| status.success()) {
        return Ok(None);
    }
    database
        .execute("DROP DATABASE IF EXISTS moot_bench_selects")
        .await?;
    database
        .execute("CREATE DATABASE moot_bench_selects")
        .await?;
    let url = url.replace("/moot_bench?", "/moot_bench_selects?");
    ensure!(
        url.contains("/moot_bench_selects?"),
        "the database must be called moot_bench"
    );
    run(&["-i", "-q", "-s", "5"], &url).await?;
    let before = cluster.cpu_ms()?;
    let printed = run(&["-S", "-M", "prepared", "-n", "-c", "8", "-T", "4"], &url).await?;
    let spent = cluster.cpu_ms()? - before;
    let count: f64 = after(&printed, "actually processed: ").context("pgbench counted nothing")?;
    let per_second = after(&printed, "tps = ").context("pgbench told no tps")?;
    database.execute("DROP DATABASE moot_bench_selects").await?;
    Ok(Some(Selects {
        per_second,
        cpu_ms: spent / count,
    }))
}

async fn run(arguments: &[&str], url: &str) -> Result<String> {
    let mut command = Command::new("pgbench");
    command.args(arguments).arg(url).stdin(Stdio::null());
    let output = tokio::task::spawn_blocking(move || command.output()).await??;
    ensure!(
        output.status.success(),
        "pgbench failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8(output.stdout)?)
}

fn after(text: &str, mark: &str) -> Option<f64> {
    let rest = text.split_once(mark)?.1;
    rest.split([' ', '/', '\n']).next()?.parse().ok()
}
