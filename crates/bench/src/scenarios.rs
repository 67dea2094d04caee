//! What is asked: each kind of request with what it costs, its consequences included.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use sqlx::PgConnection;

use crate::{
    arguments::Arguments,
    connection::Connection,
    load::{self, Until},
    peer::Peer,
    process::{self, Cluster, Memory},
    report::{Cost, Report},
    server::{Member, Server},
    sink::{HOSTS, Sink},
};

/// What is measured, and by whom it is asked.
pub(crate) struct Subject<'a> {
    pub(crate) server: &'a Server,
    pub(crate) cluster: &'a Cluster,
    pub(crate) sink: &'a Sink,
    pub(crate) members: &'a [Member],
    pub(crate) arguments: &'a Arguments,
}

/// How many different accounts and posts are asked for in turn.
const VARIETY: i64 = 200;

/// The kinds that only read.
pub(crate) async fn reads(
    subject: &Subject<'_>,
    database: &mut PgConnection,
    report: &mut Report,
) -> Result<()> {
    let posts = column(database, "SELECT id FROM statuses WHERE visibility = 'public' AND boost_of_id IS NULL ORDER BY id DESC LIMIT $1").await?;
    let people = column(
        database,
        "SELECT account_id FROM statuses GROUP BY 1 ORDER BY count(*) DESC, account_id LIMIT $1",
    )
    .await?;
    let own = column(
        database,
        "SELECT id FROM accounts WHERE username LIKE 'bench%' AND domain IS NULL LIMIT $1",
    )
    .await?;
    let thread = long_thread(database)
        .await?
        .context("the seed made no thread")?;
    let port = subject.server.port;

    subject
        .read(
            "home",
            report,
            &subject.as_members(&["/api/v1/timelines/home?limit=20".to_owned()]),
        )
        .await?;
    subject
        .read(
            "public",
            report,
            &subject.as_members(&["/api/v1/timelines/public?limit=20".to_owned()]),
        )
        .await?;
    subject
        .read(
            "tag",
            report,
            &subject.as_members(&paths(
                "/api/v1/timelines/tag/topic",
                &(1..=20).collect::<Vec<_>>(),
                "?limit=20",
            )),
        )
        .await?;
    subject
        .read(
            "account",
            report,
            &subject.as_members(&paths("/api/v1/accounts/", &people, "/statuses?limit=20")),
        )
        .await?;
    subject
        .read(
            "post",
            report,
            &subject.as_members(&paths("/api/v1/statuses/", &posts, "")),
        )
        .await?;
    subject
        .read(
            "thread",
            report,
            &subject.as_members(&paths("/api/v1/statuses/", &[thread], "/context")),
        )
        .await?;
    subject
        .read(
            "notifications",
            report,
            &subject.as_members(&["/api/v1/notifications?limit=40".to_owned()]),
        )
        .await?;
    subject
        .read("instance", report, &[get("/api/v2/instance", port, &[])])
        .await?;
    let fingers: Vec<_> = subject
        .members
        .iter()
        .map(|member| {
            get(
                &format!(
                    "/.well-known/webfinger?resource=acct:{}@localhost:{port}",
                    member.name
                ),
                port,
                &[],
            )
        })
        .collect();
    subject.read("webfinger", report, &fingers).await?;
    let actors: Vec<_> = paths("/ap/users/", &own, "")
        .iter()
        .map(|path| get(path, port, &[("Accept", "application/activity+json")]))
        .collect();
    subject.read("actor", report, &actors).await
}

/// The kinds that write, with the jobs that follow.
pub(crate) async fn writes(
    subject: &Subject<'_>,
    database: &mut PgConnection,
    report: &mut Report,
) -> Result<()> {
    let count = subject.arguments.writes;
    let members = &subject.members[1..];
    let posts = (0..count)
        .map(|number| subject.posting(&members[number % members.len()], number))
        .collect();
    subject
        .write(
            "posting",
            report,
            database,
            Kind {
                requests: posts,
                wanted: 200,
                things: count,
            },
        )
        .await?;

    // The first member is followed from all hosts of the sink: each post is as many deliveries.
    let rounds = (count / 25).max(1);
    let posts = (0..rounds)
        .map(|number| subject.posting(&subject.members[0], count + number))
        .collect();
    let arrived = subject.sink.arrived();
    let deliveries = rounds * usize::from(HOSTS);
    subject
        .write(
            "delivery",
            report,
            database,
            Kind {
                requests: posts,
                wanted: 200,
                things: deliveries,
            },
        )
        .await?;
    let arrived = subject.sink.arrived() - arrived;
    ensure!(
        arrived >= deliveries,
        "{arrived} of {deliveries} deliveries arrived"
    );

    let peer = Peer::introduce(database).await?;
    let inbound = (0..count)
        .map(|number| peer.delivery(number, subject.server.port))
        .collect::<Result<_>>()?;
    subject
        .write(
            "inbound",
            report,
            database,
            Kind {
                requests: inbound,
                wanted: 202,
                things: count,
            },
        )
        .await?;
    let stored: i64 =
        sqlx::query_scalar("SELECT count(*) FROM statuses WHERE uri LIKE '%/statuses/bench-%'")
            .fetch_one(database)
            .await?;
    ensure!(
        usize::try_from(stored)? == count,
        "{stored} of {count} delivered posts were stored"
    );
    Ok(())
}

/// Requests that write, and how many things they stand for.
struct Kind {
    requests: Vec<Vec<u8>>,
    wanted: u16,
    things: usize,
}

impl Subject<'_> {
    /// Waits until the server has nothing to do, and says how large it is then.
    pub(crate) async fn settle(&self, database: &mut PgConnection) -> Result<Memory> {
        self.wait_for_jobs(database).await?;
        process::memory(self.server.pid()?)
    }

    /// One page of a home timeline.
    pub(crate) async fn home_page(&self) -> Result<Vec<u8>> {
        let request = &self.as_members(&["/api/v1/timelines/home?limit=20".to_owned()])[0];
        Ok(Connection::open(self.server.port)
            .await?
            .ask(request)
            .await?
            .body)
    }

    async fn read(
        &self,
        name: &'static str,
        report: &mut Report,
        requests: &[Vec<u8>],
    ) -> Result<()> {
        let (port, connections) = (self.server.port, self.arguments.connections);
        // Once each, unmeasured: prepared statements and caches are what they are on a server that runs.
        load::run(port, connections, requests.to_vec(), 200, Until::EachOnce).await?;
        let before = self.cost()?;
        let until = Until::Elapsed(Duration::from_secs(self.arguments.seconds));
        let outcome = load::run(port, connections, requests.to_vec(), 200, until).await?;
        let cost = self.cost()?.since(before);
        report.add(name, &outcome, outcome.count, cost);
        Ok(())
    }

    async fn write(
        &self,
        name: &'static str,
        report: &mut Report,
        database: &mut PgConnection,
        kind: Kind,
    ) -> Result<()> {
        self.wait_for_jobs(database).await?;
        let before = self.cost()?;
        let outcome = load::run(
            self.server.port,
            4,
            kind.requests,
            kind.wanted,
            Until::EachOnce,
        )
        .await?;
        self.wait_for_jobs(database).await?;
        let cost = self.cost()?.since(before);
        report.add(name, &outcome, kind.things, cost);
        Ok(())
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

    /// Each path, asked by the members in turn.
    fn as_members(&self, paths: &[String]) -> Vec<Vec<u8>> {
        let rounds = self.members.len().max(paths.len());
        (0..rounds)
            .map(|round| {
                let authorisation =
                    format!("Bearer {}", self.members[round % self.members.len()].token);
                get(
                    &paths[round % paths.len()],
                    self.server.port,
                    &[("Authorization", &authorisation)],
                )
            })
            .collect()
    }

    fn posting(&self, member: &Member, number: usize) -> Vec<u8> {
        let body = serde_json::json!({
            "status": format!("Post number {number} of the bench, with a #topic{} and some words to read", number % 20),
            "visibility": "public"
        })
        .to_string();
        format!(
            "POST /api/v1/statuses HTTP/1.1\r\nHost: localhost:{}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.server.port,
            member.token,
            body.len()
        )
        .into_bytes()
    }
}

/// A whole GET.
pub(crate) fn get(path: &str, port: u16, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut request = format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n");
    for (name, value) in headers {
        request.extend([name, ": ", value, "\r\n"]);
    }
    (request + "\r\n").into_bytes()
}

fn paths(before: &str, ids: &[i64], after: &str) -> Vec<String> {
    ids.iter()
        .map(|id| format!("{before}{id}{after}"))
        .collect()
}

async fn column(database: &mut PgConnection, query: &'static str) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar(query)
        .bind(VARIETY)
        .fetch_all(database)
        .await?)
}

/// The middle of the seed's thread of 35.
async fn long_thread(database: &mut PgConnection) -> Result<Option<i64>> {
    let query = "SELECT id FROM statuses WHERE conversation_uri = 'bench:thread' ORDER BY id OFFSET 17 LIMIT 1";
    Ok(sqlx::query_scalar(query).fetch_optional(database).await?)
}
