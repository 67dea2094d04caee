//! A real server with a private `PostgreSQL`: its whole life, and what happens when something is killed.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use server::cluster::Cluster;
use sqlx::{Connection as _, PgConnection};

use crate::moot::{Moot, ask_at, said};

#[test]
fn a_server_without_configuration_lives_is_killed_recovers_and_stops() {
    let mut moot = Moot::new("life");

    // A command may come before the first start, and beside a running server.
    let before = moot.run_with(
        &[
            "accounts",
            "create",
            "alice",
            "--email",
            "alice@example.test",
            "--confirmed",
            "--password-stdin",
        ],
        "correct horse\n",
    );
    assert!(before.status.success(), "{}", said(&before));
    assert!(
        moot.postmaster().is_none(),
        "a command stops what it has started"
    );
    moot.start();
    let beside = moot.run(&["accounts", "create", "bob"]);
    assert!(said(&beside).contains("Password: "), "{}", said(&beside));
    let token = moot.run(&[
        "tokens",
        "create",
        "alice",
        "--scopes",
        "read write",
        "--token",
        "a-token-known-beforehand",
    ]);
    assert_eq!(
        String::from_utf8_lossy(&token.stdout).trim(),
        "a-token-known-beforehand",
        "{}",
        said(&token)
    );

    // It says what it is.
    let ready = moot.get("/readyz").unwrap();
    assert!(
        ready.text.contains("\"profile\":\"test\""),
        "{}",
        ready.text
    );
    assert!(
        ready.text.to_lowercase().contains("x-request-id"),
        "{}",
        ready.text
    );
    assert!(moot.get("/health").unwrap().text.ends_with("OK"));
    assert_eq!(
        moot.get("/metrics").unwrap().status,
        404,
        "metrics are not on the public port (S77)"
    );
    let key = std::fs::metadata(moot.data().join("master.key")).unwrap();
    assert_eq!(key.permissions().mode() & 0o777, 0o600);

    assert!(
        moot.limits()
            .lines()
            .any(|line| line.starts_with("Max core file size        0")),
        "no memory dumps (S43)"
    );

    // A second server keeps its hands off.
    let second = moot.run(&["serve"]);
    assert_eq!(second.status.code(), Some(1));

    // PostgreSQL is killed: the server starts it again and goes on.
    let killed = moot.postmaster().unwrap();
    moot.kill_postmaster();
    while moot.postmaster() == Some(killed) {
        std::thread::yield_now();
    }
    moot.wait_ready();

    // The server is killed: the next one adopts what is left running.
    let left = moot.postmaster().unwrap();
    moot.kill();
    moot.start();
    assert_eq!(moot.postmaster(), Some(left));
    let listed = said(&moot.run(&["accounts", "list"]));
    assert!(
        listed.contains("alice") && listed.contains("bob"),
        "{listed}"
    );

    assert_eq!(moot.stop(), Some(0), "{}", moot.log());
    assert!(
        moot.postmaster().is_none(),
        "PostgreSQL stops with its server"
    );
}

/// R16 and R17: the profile, the domains and the key of the first start hold for ever.
#[test]
fn a_database_opens_for_its_own_profile_domain_and_key_only() {
    let mut moot = Moot::new("lock");
    let first = moot.run(&["accounts", "list"]);
    assert!(first.status.success(), "{}", said(&first));

    moot.set("MOOT_PROFILE", "demo");
    assert!(said(&moot.run(&["accounts", "list"])).contains("made in the test profile"));
    moot.set("MOOT_PROFILE", "test");

    moot.set("LOCAL_DOMAIN", "other.test");
    assert!(said(&moot.run(&["accounts", "list"])).contains("LOCAL_DOMAIN=localhost"));
    moot.unset("LOCAL_DOMAIN");

    moot.set("MOOT_MASTER_KEY", &"ab".repeat(32));
    assert!(said(&moot.run(&["accounts", "list"])).contains("Nothing was changed"));
    moot.unset("MOOT_MASTER_KEY");

    assert!(
        moot.run(&["accounts", "list"]).status.success(),
        "and nothing was harmed"
    );
}

/// S64: slow and broken requests end; S61 and the profile's rules hold on the wire.
#[test]
fn the_door_keeps_its_rules() {
    let mut moot = Moot::new("door");
    // An address of its own, on which no other test looks for a free port meanwhile.
    let metrics = TcpListener::bind("127.0.0.2:0")
        .unwrap()
        .local_addr()
        .unwrap();
    moot.set("MOOT_METRICS_ADDRESS", &metrics.to_string());
    moot.start();

    let foreign = moot
        .ask("GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
        .unwrap();
    assert_eq!(foreign.status, 421);
    let forwarded = "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 1.2.3.4\r\nConnection: close\r\n\r\n";
    assert_eq!(moot.ask(forwarded).unwrap().status, 400);
    let long = format!(
        "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: {}\r\n\r\n",
        "x".repeat(200_000)
    );
    assert!(moot.ask(&long).is_none_or(|answer| answer.status == 431));

    let counted = ask_at(
        metrics,
        "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    )
    .unwrap();
    assert!(
        counted.text.contains("moot_http_requests_total{"),
        "{}",
        counted.text
    );
    assert!(
        counted.text.contains("route=\"/readyz\""),
        "{}",
        counted.text
    );
    assert!(
        counted.text.contains("moot_database_connections{"),
        "{}",
        counted.text
    );

    assert_eq!(moot.stop(), Some(0), "{}", moot.log());
}

#[test]
fn a_demo_is_filled_twice_with_the_same_words() {
    let mut moot = Moot::new("demo");
    moot.set("MOOT_PROFILE", "demo");
    moot.start();

    let first = moot.run(&["demo", "seed"]);
    let second = moot.run(&["demo", "seed"]);

    assert!(first.status.success(), "{}", said(&first));
    assert!(said(&first).contains("ada"), "{}", said(&first));
    assert_eq!(first.stdout, second.stdout);
    let role = moot.run(&["accounts", "create", "eve", "--role", "admin"]);
    assert!(said(&role).contains("board gives"), "{}", said(&role));
    assert_eq!(moot.stop(), Some(0), "{}", moot.log());
}

/// R16's neighbour: the tables of a Mastodon server are not a place to write.
#[test]
fn a_database_of_mastodons_is_refused() {
    let mut moot = Moot::new("mastodon");
    moot.start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let options = Cluster::join(&moot.data(), Duration::from_secs(5)).unwrap();
        let mut connection = PgConnection::connect_with(&options).await.unwrap();
        sqlx::raw_sql("CREATE TABLE ar_internal_metadata (key text); CREATE TABLE account_stats (id bigint); CREATE TABLE status_stats (id bigint)")
            .execute(&mut connection)
            .await
            .unwrap();
    });

    let refused = moot.run(&["accounts", "list"]);

    assert_eq!(refused.status.code(), Some(1));
    assert!(
        said(&refused).contains("Mastodon's tables"),
        "{}",
        said(&refused)
    );
}

/// R05: a pool that cannot fill is told before somebody waits for it.
#[test]
fn a_pool_larger_than_the_database_allows_is_refused() {
    let mut moot = Moot::new("pool");
    moot.set("DB_POOL", "500");

    let refused = moot.run(&["accounts", "list"]);

    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("DB_POOL=500"), "{}", said(&refused));
}
