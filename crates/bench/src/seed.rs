//! Puts the data set into the tables.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use sqlx::{AssertSqlSafe, Executor as _, PgConnection};

use crate::{arguments::Arguments, peer, server::Server, sink::Sink};

/// Fills the database; how long it took.
pub(crate) async fn run(
    database: &mut PgConnection,
    arguments: &Arguments,
    server: &Server,
    sink: &Sink,
) -> Result<Duration> {
    let began = Instant::now();
    let script = include_str!("seed.sql")
        .replace("$LOCAL", &arguments.local.to_string())
        .replace("$REMOTE", &arguments.remote.to_string())
        .replace("$PEOPLE", &(arguments.local + arguments.remote).to_string())
        .replace("$STATUSES", &arguments.statuses.to_string())
        .replace("$FOLLOWS", &arguments.follows.to_string())
        .replace("$WEB", &server.base())
        .replace("$SINK_PORT", &sink.port.to_string())
        .replace("$PEER", peer::NAME);
    // One by one: VACUUM stands alone.
    for statement in script
        .split(";\n")
        .filter(|statement| !statement.trim().is_empty())
    {
        database
            .execute(AssertSqlSafe(statement.to_owned()))
            .await
            .with_context(|| {
                format!(
                    "in the seed: {}",
                    statement.trim().chars().take(200).collect::<String>()
                )
            })?;
    }
    Ok(began.elapsed())
}
