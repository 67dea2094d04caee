//! Who is asked, by whom, and what it costs, consequences included.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use sqlx::PgConnection;

use crate::{
    arguments::Arguments,
    load::{self, Until},
    peer::Key,
    process::{self, Cluster, Memory},
    report::{Cost, Report},
    server::Server,
    sink::Sink,
};

/// A member who asks.
pub(crate) struct Member {
    /// The name.
    pub(crate) name: String,
    /// The id.
    pub(crate) id: i64,
}

/// What is measured, and by whom it is asked.
pub(crate) struct Subject<'a> {
    pub(crate) server: &'a Server,
    pub(crate) cluster: &'a Cluster,
    pub(crate) sink: &'a Sink,
    pub(crate) key: &'a Key,
    pub(crate) members: &'a [Member],
    pub(crate) arguments: &'a Arguments,
}

/// Requests that write, and how many things they stand for.
pub(crate) struct Writes {
    pub(crate) requests: Vec<Vec<u8>>,
    pub(crate) wanted: u16,
    pub(crate) things: usize,
}

/// Members with at least a page of notifications, without the one who is followed from elsewhere.
pub(crate) async fn members(database: &mut PgConnection, most: usize) -> Result<Vec<Member>> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT a.username, a.id
           FROM accounts a
           JOIN members m ON m.account_id = a.id
          WHERE a.username LIKE 'local%'
            AND (SELECT count(*) FROM notifications n WHERE n.account_id = a.id) >= 40
          ORDER BY a.id
          LIMIT $1",
    )
    .bind(i64::try_from(most)?)
    .fetch_all(database)
    .await?;
    ensure!(
        !rows.is_empty(),
        "nobody has forty notifications: seed more posts"
    );
    Ok(rows
        .into_iter()
        .map(|(name, id)| Member { name, id })
        .collect())
}

impl Subject<'_> {
    /// Waits until the server has nothing to do, and says how large it is then.
    pub(crate) async fn settle(&self, database: &mut PgConnection) -> Result<Memory> {
        tokio::time::sleep(Duration::from_secs(1)).await;
        self.wait_for_jobs(database).await?;
        process::memory(self.server.pid()?)
    }

    /// Measures requests that only read, for as long as the arguments say.
    pub(crate) async fn read(
        &self,
        name: &'static str,
        report: &mut Report,
        requests: Vec<Vec<u8>>,
    ) -> Result<()> {
        let (port, connections) = (self.server.port, self.arguments.connections);
        // Once each, unmeasured: prepared statements and caches are what they are on a server that runs.
        load::run(port, connections, requests.clone(), 200, Until::EachOnce).await?;
        let before = self.cost()?;
        let until = Until::Elapsed(Duration::from_secs(self.arguments.seconds));
        let outcome = load::run(port, connections, requests, 200, until).await?;
        let cost = self.cost()?.since(before);
        report.add(name, &outcome, outcome.count, cost);
        Ok(())
    }

    /// Measures requests that write, with the jobs that follow.
    pub(crate) async fn write(
        &self,
        name: &'static str,
        report: &mut Report,
        database: &mut PgConnection,
        writes: Writes,
    ) -> Result<()> {
        self.wait_for_jobs(database).await?;
        let before = self.cost()?;
        let (port, connections) = (self.server.port, self.arguments.connections);
        let outcome = load::run(
            port,
            connections,
            writes.requests,
            writes.wanted,
            Until::EachOnce,
        )
        .await?;
        self.wait_for_jobs(database).await?;
        let cost = self.cost()?.since(before);
        report.add(name, &outcome, writes.things, cost);
        Ok(())
    }

    /// Each path, asked by the members in turn.
    pub(crate) fn as_members(&self, paths: &[String]) -> Vec<Vec<u8>> {
        let rounds = self.members.len().max(paths.len());
        (0..rounds)
            .map(|round| {
                let name = &self.members[round % self.members.len()].name;
                let path = &paths[round % paths.len()];
                get(path, self.server.port, &[("Authorization", &bearer(name))])
            })
            .collect()
    }

    fn cost(&self) -> Result<Cost> {
        Ok(Cost {
            server_ms: process::cpu_ms(self.server.pid()?)?,
            database_ms: self.cluster.cpu_ms()?,
        })
    }

    /// Until no job is due or running.
    async fn wait_for_jobs(&self, database: &mut PgConnection) -> Result<()> {
        let began = Instant::now();
        loop {
            let waiting: i64 =
                sqlx::query_scalar("SELECT count(*) FROM jobs WHERE dead_at IS NULL AND (run_at <= now() OR lease_id IS NOT NULL)")
                    .fetch_one(&mut *database)
                    .await?;
            if waiting == 0 {
                return Ok(());
            }
            ensure!(
                began.elapsed() < Duration::from_mins(2),
                "{waiting} jobs are still waiting after two minutes"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// The token that the seed gave to a member, as a header's value.
pub(crate) fn bearer(name: &str) -> String {
    format!("Bearer bench-token-{name}")
}

/// A whole GET.
pub(crate) fn get(path: &str, port: u16, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut request = format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n");
    for (name, value) in headers {
        request.extend([name, ": ", value, "\r\n"]);
    }
    (request + "\r\n").into_bytes()
}
