//! The kinds of requests that write, with the work that follows.

use anyhow::{Result, ensure};
use sqlx::PgConnection;

use crate::{
    peer::Peers,
    report::Report,
    scenarios::{Subject, Writes, bearer},
    sink::HOSTS,
};

/// Measures all of them.
pub(crate) async fn measure(
    subject: &Subject<'_>,
    database: &mut PgConnection,
    report: &mut Report,
) -> Result<()> {
    posting(subject, database, report).await?;
    delivery(subject, database, report).await?;
    inbound(subject, database, report).await
}

/// Posts of members whose followers are all here.
async fn posting(
    subject: &Subject<'_>,
    database: &mut PgConnection,
    report: &mut Report,
) -> Result<()> {
    let count = subject.arguments.writes;
    let names = subject.members.iter().map(|member| &member.name).cycle();
    let requests = names
        .zip(0..count)
        .map(|(name, number)| post(subject, name, number));
    let writes = Writes {
        requests: requests.collect(),
        wanted: 200,
        things: count,
    };
    subject.write("posting", report, database, writes).await
}

/// Posts of the one member who is followed from all hosts of the sink: each is as many deliveries.
async fn delivery(
    subject: &Subject<'_>,
    database: &mut PgConnection,
    report: &mut Report,
) -> Result<()> {
    let posts = (subject.arguments.writes / 25).max(1);
    let deliveries = posts * usize::from(HOSTS);
    let before = subject.sink.arrived();
    let requests = (0..posts).map(|number| post(subject, "bench1", number));
    let writes = Writes {
        requests: requests.collect(),
        wanted: 200,
        things: deliveries,
    };
    subject.write("delivery", report, database, writes).await?;
    let arrived = subject.sink.arrived() - before;
    ensure!(
        arrived >= deliveries,
        "{arrived} of {deliveries} deliveries arrived"
    );
    Ok(())
}

/// New posts of two hundred people on as many hosts.
async fn inbound(
    subject: &Subject<'_>,
    database: &mut PgConnection,
    report: &mut Report,
) -> Result<()> {
    let count = subject.arguments.writes;
    let peers = Peers::find(subject.key, database).await?;
    let requests = (0..count).map(|number| peers.delivery(number, subject.server.port));
    let writes = Writes {
        requests: requests.collect::<Result<_>>()?,
        wanted: 202,
        things: count,
    };
    subject.write("inbound", report, database, writes).await?;
    let stored: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM statuses WHERE uri LIKE 'https://%/statuses/bench-%'",
    )
    .fetch_one(database)
    .await?;
    ensure!(
        usize::try_from(stored)? == count,
        "{stored} of {count} delivered posts were stored"
    );
    Ok(())
}

fn post(subject: &Subject<'_>, name: &str, number: usize) -> Vec<u8> {
    let body = serde_json::json!({
        "status": format!("Post number {number} of {name}, with a #topic{} and some words to read", 1 + number % 20),
        "visibility": "public"
    })
    .to_string();
    format!(
        "POST /api/v1/statuses HTTP/1.1\r\nHost: localhost:{}\r\nAuthorization: {}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        subject.server.port,
        bearer(name),
        body.len()
    )
    .into_bytes()
}
