//! Searching.

use super::world::{ids, world};

#[tokio::test]
async fn people_posts_and_tags_are_found() {
    let world = world().await;
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let post = bob.says("About #mootsearch").await;

    let people = alice.sees("/api/v2/search?q=bob").await;
    let tags = alice
        .sees("/api/v2/search?q=%23mootsearch&type=hashtags")
        .await;
    let posts = alice
        .sees(&format!("/api/v2/search?q=https://moot.test/@bob/{post}"))
        .await;

    assert_eq!(ids(&people["accounts"]), [bob.id()]);
    assert_eq!(tags["hashtags"][0]["name"], "mootsearch");
    assert_eq!(
        tags["hashtags"][0]["url"],
        "https://moot.test/tags/mootsearch"
    );
    assert_eq!(ids(&posts["statuses"]), [post]);
    assert_eq!(
        ids(&alice.sees("/api/v1/accounts/search?q=bo").await),
        [bob.id()]
    );
}

#[tokio::test]
async fn strangers_may_search_but_not_send_the_server_out() {
    let world = world().await;
    let bob = world.person("bob").await;

    let found = world
        .client
        .get("/api/v2/search?q=bob")
        .send()
        .await
        .expect(200)
        .json();

    assert_eq!(ids(&found["accounts"]), [bob.id()]);
    world
        .client
        .get("/api/v2/search?q=@a@b.example&resolve=true")
        .send()
        .await
        .expect(401);
    world
        .client
        .get("/api/v2/search?q=bob&offset=20")
        .send()
        .await
        .expect(401);
    world.client.get("/api/v2/search").send().await.expect(400);
}
