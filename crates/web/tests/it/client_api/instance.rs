//! The server about itself.

use serde_json::json;

use super::world::world;

#[tokio::test]
async fn anybody_may_ask_what_server_this_is() {
    let world = world().await;
    world.person("alice").await.says("hello").await;

    let v2 = world
        .client
        .get("/api/v2/instance")
        .send()
        .await
        .expect(200)
        .json();
    let v1 = world
        .client
        .get("/api/v1/instance")
        .send()
        .await
        .expect(200)
        .json();

    assert_eq!(v2["domain"], "moot.test");
    assert_eq!(v2["configuration"]["urls"]["streaming"], "wss://moot.test");
    assert_eq!(v1["uri"], "moot.test");
    assert_eq!(v1["stats"]["user_count"], 1);
    assert_eq!(v1["stats"]["status_count"], 1);
}

#[tokio::test]
async fn its_documents_can_be_read() {
    let world = world().await;
    let read = async |name: &str| {
        let path = format!("/api/v1/instance/{name}");
        world.client.get(&path).send().await.expect(200).json()
    };

    assert_eq!(read("rules").await[0]["text"], "Be kind.");
    assert!(
        read("extended_description").await["content"]
            .as_str()
            .unwrap()
            .contains("<em>server</em>")
    );
    assert!(
        read("privacy_policy").await["content"]
            .as_str()
            .unwrap()
            .contains("<strong>keep</strong>")
    );
    assert_eq!(read("terms_of_service").await["effective"], true);
    assert_eq!(read("peers").await, json!([]));
    assert_eq!(read("translation_languages").await, json!({}));
}

#[tokio::test]
async fn what_nobody_can_have_yet_is_an_empty_list() {
    let world = world().await;
    let alice = world.person("alice").await;

    for path in [
        "/api/v1/custom_emojis",
        "/api/v1/announcements",
        "/api/v1/blocks",
        "/api/v1/filters",
        "/api/v2/filters",
        "/api/v1/followed_tags",
        "/api/v1/lists",
        "/api/v1/mutes",
        "/api/v1/trends/tags",
    ] {
        assert_eq!(alice.sees(path).await, json!([]), "{path}");
    }
}
