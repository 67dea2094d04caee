//! Measures a running Moot from outside: how many requests a second, how long they take, and how many milliseconds of CPU each
//! costs the server and PostgreSQL.
//!
//! *Invariant:* it knows none of Moot's crates. It starts the binary, speaks HTTP to it, and reads `/proc`; only the
//! data set is put into the tables directly (`seed/`), since a month of life cannot be lived in a minute.
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
mod document;
mod load;
mod machine;
mod peer;
mod process;
mod reads;
mod report;
mod scenarios;
mod seed;
mod selects;
mod server;
mod sink;
mod static_answer;
mod targets;
mod writes;

use anyhow::{Context as _, Result};
use sqlx::{Connection as _, PgConnection};

use crate::{
    arguments::Arguments, peer::Key, process::Cluster, report::Report, scenarios::Subject,
    seed::Seed, server::Server, sink::Sink,
};

/// Members made by the command line, with keys of their own; the first of them has followers elsewhere.
const MADE_BY_HAND: usize = 2;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<()> {
    let arguments = match arguments::read(std::env::args().skip(1))? {
        arguments::Command::Measure(arguments) => arguments,
        arguments::Command::Static { port, bytes } => {
            return static_answer::serve(port, bytes).await;
        }
    };
    let mut database = PgConnection::connect(&arguments.database_url)
        .await
        .context("connecting to the database")?;
    let report = measure(&arguments, &mut database).await?;
    let day: String = sqlx::query_scalar("SELECT current_date::text")
        .fetch_one(&mut database)
        .await?;
    let table = report.table(&day);
    print!("{table}");
    report.write(&arguments.report)?;
    println!("written to {}", arguments.report);
    if let Some(path) = &arguments.document {
        document::write(path, &table)?;
    }
    Ok(())
}

async fn measure(arguments: &Arguments, database: &mut PgConnection) -> Result<Report> {
    let sink = Sink::open().await?;
    let cluster = Cluster::of(database).await?;
    let key = Key::generate()?;

    println!("Starting a server, so that there are tables");
    let mut server = Server::new(arguments, &cluster)?;
    server.start().await?;
    server.make_members(MADE_BY_HAND)?;
    server.stop().await?;

    println!("Seeding {} posts", arguments.statuses);
    let seed = Seed {
        arguments,
        server: &server,
        sink: &sink,
        key: &key,
    };
    let seeded = seed.sow(database).await?;
    let members = scenarios::members(database, arguments.members).await?;

    let started = server.start().await?;
    let subject = Subject {
        server: &server,
        cluster: &cluster,
        sink: &sink,
        key: &key,
        members: &members,
        arguments,
    };
    let mut report = Report::new(arguments, members.len())?;
    report.started(seeded, started, subject.settle(database).await?);
    reads::measure(&subject, database, &mut report).await?;
    writes::measure(&subject, database, &mut report).await?;
    report.memory_under_load(process::memory(server.pid()?)?);
    static_answer::measure(&subject, &mut report).await?;
    server.stop().await?;
    let selects = selects::measure(database, &arguments.database_url, &cluster).await?;
    report.hold_against(crypto::measure()?, selects);
    Ok(report)
}
