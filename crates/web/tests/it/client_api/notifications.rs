//! What happened to a member.

use serde_json::json;

use super::world::{id, ids, linked, world};

#[tokio::test]
async fn follows_favourites_boosts_and_mentions_are_told() {
    let world = world().await;
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let post = alice.says("hello").await;

    bob.follows(&alice).await;
    bob.does(&format!("/api/v1/statuses/{post}/favourite"))
        .await;
    bob.does(&format!("/api/v1/statuses/{post}/reblog")).await;
    let reply = bob.says("@alice hi").await;

    let told = alice.sees("/api/v1/notifications").await;
    let kinds: Vec<_> = told
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["type"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["mention", "reblog", "favourite", "follow"]);
    assert_eq!(id(&told[0]["status"]), reply);
    assert_eq!(id(&told[1]["status"]), post);
    assert!(told[3].get("status").is_none());
    assert_eq!(told[3]["account"]["acct"], "bob");
    assert_eq!(
        alice.sees("/api/v1/notifications/unread_count").await,
        json!({"count": 4})
    );
}

#[tokio::test]
async fn kinds_can_be_chosen_and_pages_walked() {
    let world = world().await;
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    bob.follows(&alice).await;
    for text in ["@alice 1", "@alice 2", "@alice 3"] {
        bob.says(text).await;
    }

    let first = alice
        .get("/api/v1/notifications?types[]=mention&limit=2")
        .await
        .expect(200);
    let second = alice
        .get(&linked(&first, "next").unwrap())
        .await
        .expect(200);
    let without = alice
        .sees("/api/v1/notifications?exclude_types[]=mention")
        .await;
    let unknown = alice.sees("/api/v1/notifications?types[]=poll").await;

    assert_eq!(first.json().as_array().unwrap().len(), 2);
    assert_eq!(second.json().as_array().unwrap().len(), 1);
    assert_eq!(without[0]["type"], "follow");
    assert_eq!(unknown, json!([]));
}

#[tokio::test]
async fn one_or_all_can_be_dismissed() {
    let world = world().await;
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    for text in ["@alice 1", "@alice 2", "@alice 3"] {
        bob.says(text).await;
    }
    let told = ids(&alice.sees("/api/v1/notifications").await);

    assert_eq!(
        alice
            .does(&format!("/api/v1/notifications/{}/dismiss", told[0]))
            .await,
        json!({})
    );
    alice
        .get(&format!("/api/v1/notifications/{}", told[0]))
        .await
        .expect(404);
    assert_eq!(ids(&alice.sees("/api/v1/notifications").await), told[1..]);
    bob.get(&format!("/api/v1/notifications/{}", told[1]))
        .await
        .expect(404);
    alice.does("/api/v1/notifications/clear").await;
    assert_eq!(alice.sees("/api/v1/notifications").await, json!([]));
}
