//! Reports between servers.

use federation::inbound::Outcome;
use http::Method;
use model::account::INSTANCE_ACTOR;
use serde_json::{Value, json};
use service::moderation::reports::{self, NewReport};
use testkit::FakeClock;

use crate::cases;
use crate::wire::Elsewhere;
use crate::world::{World, fixture, recorded};

#[tokio::test]
async fn flags_of_the_wild_are_taken_as_they_are_meant() {
    let index: Value = serde_json::from_slice(&fixture("index.json")).unwrap();
    for file in [
        "flag-misskey-content-urls.json",
        "bad-flag-huge-comment.json",
    ] {
        let all = index["cases"].as_array().unwrap();
        let case = all.iter().find(|case| case["file"] == file).unwrap();

        assert_eq!(Box::pin(cases::run(case)).await, Ok(()), "{file}");
    }
}

#[tokio::test]
async fn misskeys_addresses_in_the_text_are_posts_of_the_report() {
    let world = recorded().await;
    let outcome = flag(
        &world,
        "https://misskey.example/users/instance.actor",
        &fixture("flag-misskey-content-urls.json"),
    )
    .await;

    let posts: i64 = sqlx::query_scalar("SELECT cardinality(status_ids)::bigint FROM reports")
        .fetch_one(&world.app.db)
        .await
        .unwrap();
    assert_eq!((outcome, posts), (Outcome::Done, 1));
}

#[tokio::test]
async fn a_server_whose_reports_are_rejected_is_ignored() {
    let world = recorded().await;
    sqlx::query("INSERT INTO domain_blocks (domain, id, severity, reject_reports, created_at) VALUES ('mastodon.example', 1, 'noop', true, now())")
        .execute(&world.app.db)
        .await
        .unwrap();

    let outcome = flag(
        &world,
        "https://mastodon.example/actor",
        &fixture("flag-mastodon.json"),
    )
    .await;

    assert_eq!(outcome, Outcome::Ignored("reports_rejected"));
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM reports")
        .fetch_one(&world.app.db)
        .await
        .unwrap();
    assert_eq!(count, 0);
}

#[tokio::test]
async fn a_flag_about_nobody_here_is_ignored_and_one_of_another_host_is_refused() {
    let world = recorded().await;
    let mut document: Value = serde_json::from_slice(&fixture("flag-mastodon.json")).unwrap();
    document["object"] = json!(["https://mastodon.example/users/mia"]);
    let about_mia = flag(
        &world,
        "https://mastodon.example/actor",
        document.to_string().as_bytes(),
    )
    .await;
    document["id"] = json!("https://other.example/reports/1");
    document["object"] = json!(["https://moot.example/users/alice"]);
    let foreign = flag(
        &world,
        "https://mastodon.example/actor",
        document.to_string().as_bytes(),
    )
    .await;

    assert_eq!(about_mia, Outcome::Ignored("unknown_target"));
    assert_eq!(foreign, Outcome::Refused("origin_mismatch"));
}

async fn flag(world: &World, signer: &str, body: &[u8]) -> Outcome {
    let answer = world
        .deliver(
            signer,
            "/users/alice/inbox",
            "application/activity+json",
            body,
        )
        .await;
    assert_eq!(answer.status, 202);
    world.process().await[0]
}

#[tokio::test]
async fn a_forwarded_report_arrives_at_the_other_server_without_the_reporters_name() {
    let (elsewhere, clock) = (Elsewhere::default(), FakeClock::default());
    let a = World::new("a.example", &elsewhere, &clock).await;
    let b = World::new("b.example", &elsewhere, &clock).await;
    for (name, world) in [("a.example", &a), ("b.example", &b)] {
        elsewhere.host(name, federation::router(world.state.clone()));
    }
    let (alice, bo) = (a.app.member("alice").await, b.app.member("bo").await);
    let post = alice.posts("nasty").await.status;
    let there = b.app.remote.by_url(&b.app, &post.uri).await.unwrap();
    let Some(service::remote::Found::Status(there)) = there else {
        panic!("{there:?}")
    };
    let alice_there = b.account(&alice.now().await.uri).await;
    let new = NewReport {
        status_ids: vec![there],
        comment: "rude".into(),
        forward: true,
        ..NewReport::default()
    };

    reports::create(&b.app, bo.id, alice_there, new)
        .await
        .unwrap();
    for _ in 0..4 {
        b.work().await;
        a.work().await;
    }

    let flags: Vec<Value> = elsewhere
        .sent(&Method::POST)
        .iter()
        .map(crate::wire::Sent::json)
        .filter(|activity| activity["type"] == "Flag")
        .collect();
    assert_eq!(flags.len(), 1);
    assert_eq!(flags[0]["actor"], b.app.urls.instance_actor());
    assert!(!flags[0].to_string().contains("/bo"), "{}", flags[0]);
    let (comment, status_ids, target): (String, Vec<i64>, i64) =
        sqlx::query_as("SELECT comment, status_ids, target_account_id FROM reports")
            .fetch_one(&a.app.db)
            .await
            .unwrap();
    assert_eq!(
        (comment.as_str(), status_ids, target),
        ("rude", vec![post.id.get()], alice.id.get())
    );
    assert_ne!(INSTANCE_ACTOR.get(), target);
}
