use serde_json::json;

use super::world::world;

#[tokio::test]
async fn a_site_learns_who_signed_in_and_no_more() {
    let world = world().await;
    let token = world.app.token_for(&world.alice, "profile").await;
    let client = &world.browser.client;

    let by_get = client
        .get("/oauth/userinfo")
        .as_(&token)
        .send()
        .await
        .expect(200)
        .json();
    let by_post = client
        .post("/oauth/userinfo")
        .as_(&token)
        .send()
        .await
        .expect(200)
        .json();

    assert_eq!(by_get, by_post);
    assert_eq!(
        by_get,
        json!({
            "iss": "https://moot.test/",
            "sub": world.alice.account.uri,
            "name": "",
            "preferred_username": "alice",
            "profile": "https://moot.test/@alice",
            "picture": "https://moot.test/avatars/original/missing.png",
        })
    );
    client
        .get("/api/v1/timelines/home")
        .as_(&token)
        .send()
        .await
        .expect(403);
}

#[tokio::test]
async fn who_one_is_takes_the_scope_for_it() {
    let world = world().await;
    let token = world.app.token_for(&world.alice, "read:accounts").await;

    world
        .browser
        .client
        .get("/oauth/userinfo")
        .as_(&token)
        .send()
        .await
        .expect(403);
    world
        .browser
        .client
        .get("/oauth/userinfo")
        .send()
        .await
        .expect(401);
}
