//! A member takes everything along, or deletes it.

use http::Method;
use serde_json::{Value, json};
use service::accounts;
use service::archive::{Archivist as _, From};
use testkit::FakeClock;

use crate::wire::{Elsewhere, Served};
use crate::world::{World, recorded};

async fn world() -> World {
    World::new("moot.test", &Elsewhere::default(), &FakeClock::default()).await
}

#[tokio::test]
async fn an_archive_in_pieces_is_one_document_with_every_post() {
    let world = world().await;
    let alice = world.app.member("alice").await;
    for number in 0..100 {
        alice.posts(&format!("post {number}")).await;
    }
    alice.posts("for my followers").followers_only().await;
    let account = alice.now().await;

    let mut bytes = Vec::new();
    let mut from = From::Beginning;
    let mut pieces = 0;
    loop {
        let piece = world.state.outbox(&account, from).await.unwrap();
        bytes.extend(piece.bytes);
        pieces += 1;
        let Some(next) = piece.next else { break };
        from = From::OlderThan(next);
    }

    assert!(pieces > 1);
    let archive: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(archive["orderedItems"].as_array().unwrap().len(), 101);
    assert_eq!(archive["orderedItems"][100]["type"], "Create");
    let actor: Value = serde_json::from_slice(&world.state.actor(&account).await.unwrap()).unwrap();
    assert_eq!(actor["preferredUsername"], "alice");
}

#[tokio::test]
async fn an_archive_of_nothing_is_a_document_too() {
    let world = world().await;
    let account = world.app.member("alice").await.now().await;

    let piece = world.state.outbox(&account, From::Beginning).await.unwrap();

    assert!(piece.next.is_none());
    let archive: Value = serde_json::from_slice(&piece.bytes).unwrap();
    assert_eq!(archive["orderedItems"], Value::Array(Vec::new()));
}

#[tokio::test]
async fn everybody_who_is_known_hears_of_a_deleted_account() {
    let world = world().await;
    let alice = world.app.member("alice").await;
    // Mia has never had to do with alice, but her server may have fetched a post.
    world.app.remote("mia@mastodon.example").await;
    world
        .elsewhere
        .serve("https://mastodon.example/inbox", Served::status(202));
    let account = alice.now().await;
    accounts::delete(&world.app, alice.id).await.unwrap();

    world.work().await;

    let sent = world.elsewhere.sent(&Method::POST);
    assert_eq!(sent.len(), 1);
    let told: Value = serde_json::from_slice(&sent[0].body).unwrap();
    assert_eq!(told["type"], "Delete");
    assert_eq!(told["object"], account.uri);
    let path = account.uri.trim_start_matches("https://moot.test");
    let asked = world
        .inbox
        .get(path)
        .header("accept", "application/activity+json");
    asked.send().await.expect(410);
    let finger = "/.well-known/webfinger?resource=acct:alice@moot.test";
    world.inbox.get(finger).send().await.expect(404);
}

/// Who has left the organisation is there still; who is deleted is gone, and whoever delivers to them may stop.
#[tokio::test]
async fn the_inbox_of_a_deleted_member_says_that_it_is_gone() {
    const MIA: &str = "https://mastodon.example/users/mia";
    let world = recorded().await;
    let dinah = world.app.member("dinah").await;
    let base = world.app.urls.base();
    let uri = dinah.now().await.uri;
    let inboxes = [
        format!("{}/inbox", uri.trim_start_matches(base)),
        "/users/dinah/inbox".to_owned(),
    ];
    let like = json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": format!("{MIA}#likes/901"),
        "type": "Like",
        "actor": MIA,
        "object": format!("{base}/users/dinah/statuses/1"),
    });
    let body = like.to_string();
    let answers = async || {
        let mut statuses = Vec::new();
        for inbox in &inboxes {
            let kind = "application/activity+json";
            let answer = world.deliver(MIA, inbox, kind, body.as_bytes()).await;
            statuses.push(answer.status.as_u16());
        }
        statuses
    };

    sqlx::query("UPDATE members SET left_at = now(), ends_at = now() + interval '90 days' WHERE account_id = $1")
        .bind(dinah.id.get())
        .execute(&world.app.db)
        .await
        .unwrap();
    let after_leaving = answers().await;
    accounts::delete(&world.app, dinah.id).await.unwrap();
    let after_deletion = answers().await;

    assert_eq!(after_leaving, [202, 202]);
    assert_eq!(after_deletion, [410, 410]);
}
