//! Apps registering themselves and asking who they are.

use serde_json::json;

use super::world::world;

#[tokio::test]
async fn an_app_registers_with_a_form_and_is_told_its_secret() {
    let world = world().await;
    let form = [
        ("client_name", "toot"),
        ("redirect_uris", "urn:ietf:wg:oauth:2.0:oob"),
        ("scopes", "read write"),
        ("website", "https://toot.example"),
    ];

    let app = world
        .client
        .post("/api/v1/apps")
        .form(&form)
        .send()
        .await
        .expect(200)
        .json();

    assert_eq!(app["name"], "toot");
    assert_eq!(app["website"], "https://toot.example");
    assert_eq!(app["scopes"], json!(["read", "write"]));
    assert_eq!(app["redirect_uris"], json!(["urn:ietf:wg:oauth:2.0:oob"]));
    assert_eq!(app["redirect_uri"], "urn:ietf:wg:oauth:2.0:oob");
    assert!(app["client_id"].as_str().unwrap().len() > 20);
    assert!(app["client_secret"].as_str().unwrap().len() > 20);
    assert_eq!(app["client_secret_expires_at"], 0);
}

#[tokio::test]
async fn an_app_without_a_name_or_a_way_back_is_refused() {
    let world = world().await;
    let nameless = json!({"redirect_uris": ["urn:ietf:wg:oauth:2.0:oob"]});
    let lost = json!({"client_name": "toot"});
    let scripted = json!({"client_name": "toot", "redirect_uris": "javascript:alert(1)"});

    for form in [nameless, lost, scripted] {
        let answer = world
            .client
            .post("/api/v1/apps")
            .json(&form)
            .send()
            .await
            .expect(422)
            .json();
        assert!(
            answer["error"]
                .as_str()
                .unwrap()
                .starts_with("Validation failed: "),
            "{form}: {answer}"
        );
    }
}

#[tokio::test]
async fn an_app_can_ask_who_it_is_but_not_for_its_secret() {
    let world = world().await;
    let token = world.app.app_token("read").await;

    let request = world
        .client
        .get("/api/v1/apps/verify_credentials")
        .as_(&token);
    let app = request.send().await.expect(200).json();

    assert_eq!(app["name"], "An app");
    assert!(app.get("client_secret").is_none());
}
