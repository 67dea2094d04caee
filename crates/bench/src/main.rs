//! Measures a running Moot from outside: how many requests a second, how long they take, and how many milliseconds of CPU each
//! costs the server and PostgreSQL.
//!
//! *Invariant:* it knows none of Moot's crates. It starts the binary, speaks HTTP to it, and reads `/proc`; only the
//! data set is put into the tables directly (`seed.sql`), since a year of life cannot be lived in two minutes.
//!
//! `scripts/bench` runs it. CPU time per request is the yardstick, since it is steadier than requests per second on machines
//! whose cores are shared; what the generator itself uses is not counted.

#![expect(
    clippy::cast_precision_loss,
    reason = "figures for people to read, not sums that must be exact"
)]

mod arguments;
mod connection;
mod crypto;
mod load;
mod peer;
mod process;
mod report;
mod scenarios;
mod seed;
mod server;
mod sink;
mod static_answer;

use std::path::Path;

use anyhow::{Context as _, Result};
use sqlx::{Connection as _, PgConnection};

use crate::{arguments::Arguments, process::Cluster, report::Report, server::Server, sink::Sink};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<()> {
    let arguments = match arguments::read(std::env::args().skip(1))? {
        arguments::Command::Measure(arguments) => arguments,
        arguments::Command::Static { port, bytes } => {
            return static_answer::serve(port, bytes).await;
        }
    };
    let report = measure(&arguments).await?;
    print!("{}", report.table());
    report.write(Path::new(&arguments.report))?;
    println!("\nwritten to {}", arguments.report);
    Ok(())
}

async fn measure(arguments: &Arguments) -> Result<Report> {
    let sink = Sink::open().await?;
    let mut database = PgConnection::connect(&arguments.database_url)
        .await
        .context("connecting to the database")?;
    let cluster = Cluster::of(&mut database).await?;

    println!("Starting a server and making the members that ask");
    let mut server = Server::new(arguments)?;
    server.start().await?;
    let members = server.make_members(arguments.members)?;
    server.stop().await?;

    println!("Seeding {} posts", arguments.statuses);
    let seeded = seed::run(&mut database, arguments, &server, &sink).await?;

    let started = server.start().await?;
    let subject = scenarios::Subject {
        server: &server,
        cluster: &cluster,
        sink: &sink,
        members: &members,
        arguments,
    };
    let idle = subject.settle(&mut database).await?;
    let mut report = Report::new(arguments, seeded, started, idle);
    scenarios::reads(&subject, &mut database, &mut report).await?;
    scenarios::writes(&subject, &mut database, &mut report).await?;
    report.memory_under_load(process::memory(server.pid()?)?);
    static_answer::measure(&subject, &mut report).await?;
    report.crypto(crypto::measure()?);
    server.stop().await?;
    Ok(report)
}
