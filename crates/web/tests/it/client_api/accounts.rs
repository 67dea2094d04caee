//! Accounts: one's own, others', and who follows whom.

use serde_json::json;

use super::world::{id, ids, linked, world};

#[tokio::test]
async fn a_member_sees_the_own_account_with_its_source() {
    let world = world().await;
    let alice = world.person("alice").await;

    let account = alice.sees("/api/v1/accounts/verify_credentials").await;

    assert_eq!(account["id"], alice.id());
    assert_eq!(account["acct"], "alice");
    assert_eq!(account["url"], "https://moot.test/@alice");
    assert_eq!(
        account["uri"],
        format!("https://moot.test/ap/users/{}", alice.id())
    );
    assert_eq!(account["display_name"], "");
    assert_eq!(account["locked"], false);
    assert_eq!(account["source"]["privacy"], "public");
    assert_eq!(account["role"]["id"], "-99");
    assert!(
        account["created_at"]
            .as_str()
            .unwrap()
            .ends_with("T00:00:00.000Z")
    );
}

#[tokio::test]
async fn a_profile_is_changed_field_by_field() {
    let world = world().await;
    let alice = world.person("alice").await;
    let form = [
        ("display_name", "Alice A."),
        ("note", "Hi"),
        ("locked", "true"),
        ("fields_attributes[0][name]", "site"),
        ("fields_attributes[0][value]", "https://alice.example"),
        ("source[privacy]", "unlisted"),
    ];

    let request = world
        .client
        .patch("/api/v1/accounts/update_credentials")
        .as_(&alice.token);
    let changed = request.form(&form).send().await.expect(200).json();

    assert_eq!(changed["display_name"], "Alice A.");
    assert_eq!(changed["locked"], true);
    assert_eq!(changed["source"]["note"], "Hi");
    assert_eq!(changed["source"]["privacy"], "unlisted");
    assert_eq!(
        changed["source"]["fields"][0]["value"],
        "https://alice.example"
    );
    assert_eq!(
        alice.sees("/api/v1/preferences").await["posting:default:visibility"],
        "unlisted"
    );
}

#[tokio::test]
async fn accounts_are_found_by_id_and_handle_by_anybody() {
    let world = world().await;
    let alice = world.person("alice").await;
    let mia = world.app.remote("mia@mastodon.example").await;

    for handle in ["alice", "alice@moot.test", "Alice"] {
        let path = format!("/api/v1/accounts/lookup?acct={handle}");
        let found = world.client.get(&path).send().await.expect(200).json();
        assert_eq!(id(&found), alice.id(), "{handle}");
    }
    let path = format!(
        "/api/v1/accounts?id[]={}&id[]=1&id[]={}",
        alice.id(),
        mia.id
    );
    let several = world.client.get(&path).send().await.expect(200).json();
    assert_eq!(ids(&several), [alice.id(), mia.id.to_string()]);
    assert_eq!(several[1]["acct"], "mia@mastodon.example");
    world
        .client
        .get("/api/v1/accounts/1")
        .send()
        .await
        .expect(404);
    world
        .client
        .get("/api/v1/accounts/lookup?acct=nobody")
        .send()
        .await
        .expect(404);
}

#[tokio::test]
async fn following_and_unfollowing_change_the_relationship() {
    let world = world().await;
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);

    let form = json!({"reblogs": false, "notify": true, "languages": ["fi"]});
    let path = format!("/api/v1/accounts/{}/follow", bob.id());
    let after = alice.sends(&path, &form).await.expect(200).json();

    assert_eq!(after["following"], true);
    assert_eq!(after["showing_reblogs"], false);
    assert_eq!(after["notifying"], true);
    assert_eq!(after["languages"], json!(["fi"]));
    let path = format!("/api/v1/accounts/relationships?id[]={}", alice.id());
    assert_eq!(bob.sees(&path).await[0]["followed_by"], true);
    let after = alice
        .does(&format!("/api/v1/accounts/{}/unfollow", bob.id()))
        .await;
    assert_eq!(after["following"], false);
}

#[tokio::test]
async fn nobody_follows_oneself() {
    let world = world().await;
    let alice = world.person("alice").await;

    let path = format!("/api/v1/accounts/{}/follow", alice.id());
    let answer = alice.sends(&path, &json!({})).await.expect(403);

    assert_eq!(
        answer.json()["error"],
        "Following your own account is not allowed"
    );
}

#[tokio::test]
async fn followers_are_paged_by_links() {
    let world = world().await;
    let alice = world.person("alice").await;
    for name in ["bob", "carol", "dave"] {
        world.person(name).await.follows(&alice).await;
    }

    let path = format!("/api/v1/accounts/{}/followers?limit=2", alice.id());
    let first = alice.get(&path).await.expect(200);
    let second = alice
        .get(&linked(&first, "next").unwrap())
        .await
        .expect(200);
    let newer = alice
        .get(&linked(&first, "prev").unwrap())
        .await
        .expect(200);

    assert_eq!(first.json()[0]["username"], "dave");
    assert_eq!(first.json().as_array().unwrap().len(), 2);
    assert_eq!(second.json()[0]["username"], "bob");
    assert_eq!(linked(&second, "next"), None);
    assert_eq!(newer.json(), json!([]));
    let following = bob_follows(&world.client, &second.json()[0]).await;
    assert_eq!(following, [alice.id()]);
}

async fn bob_follows(client: &testkit::http::Client, bob: &serde_json::Value) -> Vec<String> {
    let path = format!("/api/v1/accounts/{}/following", id(bob));
    ids(&client.get(&path).send().await.expect(200).json())
}

#[tokio::test]
async fn an_accounts_posts_are_seen_as_far_as_the_viewer_may() {
    let world = world().await;
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let public = alice.says("for all").await;
    let hidden = json!({"status": "for followers", "visibility": "private"});
    let hidden = id(&alice
        .sends("/api/v1/statuses", &hidden)
        .await
        .expect(200)
        .json());
    let path = format!("/api/v1/accounts/{}/statuses", alice.id());

    let to_anybody = world.client.get(&path).send().await.expect(200).json();
    bob.follows(&alice).await;
    let to_follower = bob.sees(&path).await;

    assert_eq!(ids(&to_anybody), [public.as_str()]);
    assert_eq!(ids(&to_follower), [hidden, public]);
}

#[tokio::test]
async fn somebody_signs_up_through_an_app_and_the_token_works_at_once() {
    let world = world().await;
    let app = world.app.app_token("read write").await;
    let form = json!({
        "username": "newcomer", "email": "new@mail.example", "password": "correct horse",
        "agreement": true, "locale": "en",
    });

    let request = world.client.post("/api/v1/accounts").as_(&app).json(&form);
    let token = request.send().await.expect(200).json();

    assert_eq!(token["token_type"], "Bearer");
    assert_eq!(token["scope"], "read write");
    let request = world.client.get("/api/v1/accounts/verify_credentials");
    let account = request
        .as_(token["access_token"].as_str().unwrap())
        .send()
        .await
        .expect(200)
        .json();
    assert_eq!(account["username"], "newcomer");
    assert_eq!(account["display_name"], "");
}

#[tokio::test]
async fn a_sign_up_that_is_wrong_names_each_field() {
    let world = world().await;
    world.person("alice").await;
    let app = world.app.app_token("read write").await;
    let form =
        json!({"username": "not a name", "email": "", "password": "short", "agreement": "false"});

    let request = world.client.post("/api/v1/accounts").as_(&app).json(&form);
    let answer = request.send().await.expect(422).json();

    for field in ["username", "email", "password", "agreement"] {
        assert!(
            answer["details"][field][0]["error"]
                .as_str()
                .unwrap()
                .starts_with("ERR_"),
            "{field}"
        );
    }
    let taken = json!({
        "username": "Alice", "email": "b@mail.example", "password": "correct horse", "agreement": true,
    });
    let request = world.client.post("/api/v1/accounts").as_(&app).json(&taken);
    let answer = request.send().await.expect(422).json();
    assert_eq!(answer["details"]["username"][0]["error"], "ERR_TAKEN");
}

#[tokio::test]
async fn a_member_cannot_sign_somebody_else_up() {
    let world = world().await;
    let alice = world.person("alice").await;

    alice
        .sends("/api/v1/accounts", &json!({}))
        .await
        .expect(403);
}
