//! The kinds of requests that only read.

use anyhow::{Result, ensure};
use sqlx::PgConnection;

use crate::{
    report::Report,
    scenarios::{Subject, get},
};

/// Public posts of the last days, one in fifty.
const POSTS: &str = "SELECT id FROM statuses WHERE visibility = 'public' AND boost_of_id IS NULL AND id % 50 = 0 ORDER BY id DESC LIMIT 500";
/// People with at least a page of posts, remote ones and members in the proportion in which they post.
const PEOPLE: &str =
    "SELECT id FROM accounts WHERE statuses_count >= 25 ORDER BY hashint8(id) LIMIT 500";
/// Where the seed's threads of 35 begin.
const THREADS: &str = "SELECT id FROM statuses WHERE conversation_uri = 'bench:thread' ORDER BY id";

/// Measures all of them.
pub(crate) async fn measure(
    subject: &Subject<'_>,
    database: &mut PgConnection,
    report: &mut Report,
) -> Result<()> {
    let posts = paths("/api/v1/statuses/", &ids(database, POSTS).await?, "");
    let people = paths(
        "/api/v1/accounts/",
        &ids(database, PEOPLE).await?,
        "/statuses?limit=20",
    );
    let threads = paths(
        "/api/v1/statuses/",
        &ids(database, THREADS).await?,
        "/context",
    );
    let tags = paths(
        "/api/v1/timelines/tag/topic",
        &(1..=50).collect::<Vec<_>>(),
        "?limit=20",
    );
    let for_members = [
        ("home", vec!["/api/v1/timelines/home?limit=20".to_owned()]),
        (
            "public",
            vec!["/api/v1/timelines/public?limit=20".to_owned()],
        ),
        ("tag", tags),
        ("account", people),
        ("post", posts),
        ("thread", threads),
        (
            "notifications",
            vec!["/api/v1/notifications?limit=40".to_owned()],
        ),
    ];
    for (name, paths) in for_members {
        ensure!(
            !paths.is_empty(),
            "the seed made nothing to ask for: {name}"
        );
        subject
            .read(name, report, subject.as_members(&paths))
            .await?;
    }

    let port = subject.server.port;
    let instance = vec![get("/api/v2/instance", port, &[])];
    subject.read("instance", report, instance).await?;
    let fingers = subject.members.iter().map(|member| {
        let path = format!(
            "/.well-known/webfinger?resource=acct:{}@localhost:{port}",
            member.name
        );
        get(&path, port, &[])
    });
    subject.read("webfinger", report, fingers.collect()).await?;
    let actors = subject.members.iter().map(|member| {
        let path = format!("/ap/users/{}", member.id);
        get(&path, port, &[("Accept", "application/activity+json")])
    });
    subject.read("actor", report, actors.collect()).await
}

fn paths(before: &str, ids: &[i64], after: &str) -> Vec<String> {
    ids.iter()
        .map(|id| format!("{before}{id}{after}"))
        .collect()
}

async fn ids(database: &mut PgConnection, query: &'static str) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar(query).fetch_all(database).await?)
}
