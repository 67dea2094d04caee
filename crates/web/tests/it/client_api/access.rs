//! Who is let in, through the router. The whole table is walked beside the table itself.

use serde_json::json;

use super::world::world;

#[tokio::test]
async fn a_scope_too_small_is_refused_and_the_needed_one_named() {
    let world = world().await;
    let alice = world.app.member("alice").await;
    let token = world.app.token_for(&alice, "read write:favourites").await;

    let request = world
        .client
        .post("/api/v1/statuses")
        .as_(&token)
        .json(&json!({"status": "hi"}));
    let answer = request.send().await.expect(403);

    assert_eq!(
        answer.json(),
        json!({"error": "This action is outside the authorized scopes"})
    );
    let challenge = answer.header("www-authenticate").unwrap();
    assert!(challenge.contains("insufficient_scope"), "{challenge}");
    assert!(challenge.contains("write:statuses"), "{challenge}");
}

#[tokio::test]
async fn a_token_that_may_only_write_does_not_read_public_things_either() {
    let world = world().await;
    let alice = world.app.member("alice").await;
    let token = world.app.token_for(&alice, "write").await;

    world
        .client
        .get("/api/v1/timelines/public")
        .send()
        .await
        .expect(200);
    world
        .client
        .get("/api/v1/timelines/public")
        .as_(&token)
        .send()
        .await
        .expect(403);
}

#[tokio::test]
async fn an_app_on_its_own_behalf_has_no_home() {
    let world = world().await;
    let token = world.app.app_token("read write").await;

    let answer = world
        .client
        .get("/api/v1/timelines/home")
        .as_(&token)
        .send()
        .await
        .expect(422);

    assert_eq!(
        answer.json(),
        json!({"error": "This method requires an authenticated user"})
    );
}

#[tokio::test]
async fn an_unknown_token_is_refused_where_none_is_needed_too() {
    let world = world().await;

    let answer = world
        .client
        .get("/api/v1/timelines/public")
        .as_("abc")
        .send()
        .await
        .expect(401);

    assert_eq!(
        answer.json(),
        json!({"error": "The access token is invalid"})
    );
}

#[tokio::test]
async fn a_revoked_token_is_refused_at_once() {
    let world = world().await;
    let alice = world.person("alice").await;
    alice.get("/api/v1/timelines/home").await.expect(200);

    service::auth::revoke_everything(&world.app, alice.member.id)
        .await
        .unwrap();

    alice.get("/api/v1/timelines/home").await.expect(401);
}

#[tokio::test]
async fn whoever_waits_to_be_let_in_is_told_so() {
    let world = world().await;
    let waiting = world.app.member("alice").unapproved().await;
    let alice = world.equip(waiting).await;

    let answer = alice.get("/api/v1/timelines/home").await.expect(403);

    assert_eq!(
        answer.json(),
        json!({"error": "Your login is currently pending approval"})
    );
}
