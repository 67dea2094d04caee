//! How this server is governed, for everybody.

use serde_json::{Value, json};

use crate::client_api::admin::chamber;

#[tokio::test]
async fn everybody_may_know_who_decides_and_how() {
    let chamber = chamber().await;

    let answer = chamber
        .world
        .client
        .get("/api/moot/v1/governance")
        .send()
        .await
        .expect(200);

    let governance = answer.json();
    assert_eq!(governance["threshold"], 2);
    assert_eq!(governance["seats"][1]["handle"], "mark@moot.test");
    assert_eq!(governance["seats"][1]["state"], "active");
    assert_eq!(governance["board"].as_array().unwrap().len(), 3);
    assert_eq!(governance["settings"]["ratify_hours"], 24);
    assert_eq!(governance["guidelines"], Value::Null, "none adopted yet");
    assert_eq!(answer.header("cache-control"), Some("public, max-age=60"));
    assert!(!answer.text().contains("account_id"));
}

#[tokio::test]
async fn every_adopted_version_of_a_document_can_be_read() {
    let chamber = chamber().await;
    let text = "# Rules\n\n- Be kind.\n- Be brief.\n";
    let params = json!({"kind": "rules", "text": text});
    chamber
        .council
        .decide(
            model::moderation::board::DecisionKind::AdoptDocument,
            params,
        )
        .await;
    let get = async |path: &str| {
        let path = format!("/api/moot/v1/documents{path}");
        chamber.world.client.get(&path).send().await
    };

    let versions = get("/rules").await.expect(200).json();
    let one = get("/rules/1").await.expect(200).json();

    assert_eq!(versions[0]["version"], 1);
    assert_eq!(one["text"].as_str().unwrap().trim(), text.trim());
    assert_eq!(one["sha256"], versions[0]["sha256"]);
    assert_eq!(
        get("").await.expect(200).json().as_array().unwrap().len(),
        7
    );
    get("/rules/2").await.expect(404);
    get("/gossip").await.expect(404);
}
