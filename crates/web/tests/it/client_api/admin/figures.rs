//! Figures, trends and tags.

use serde_json::{Value, json};

use super::chamber::chamber;

fn of<'a>(list: &'a Value, key: &str) -> &'a Value {
    let list = list.as_array().expect("a list");
    let found = list.iter().find(|entity| entity["key"] == key);
    found.unwrap_or_else(|| panic!("no {key} in {list:?}"))
}

#[tokio::test]
async fn figures_are_those_of_the_database() {
    let chamber = chamber().await;
    let alice = chamber.member("alice").await;
    alice.says("hello").await;
    chamber.report(&alice, &chamber.mira, "x").await;
    chamber.world.app.remote("mia@mastodon.example").await;
    let today = chamber.world.app.clock.now().date().to_string();

    let form = json!({
        "keys": ["new_users", "active_users", "interactions", "opened_reports", "resolved_reports",
            "instance_accounts", "tag_uses"],
        "start_at": today, "end_at": today, "instance_accounts": {"domain": "mastodon.example"},
    });
    let answer = chamber
        .mona
        .sends("/api/v1/admin/measures", &form)
        .await
        .expect(200)
        .json();

    assert_eq!(of(&answer, "new_users")["total"], "7");
    assert_eq!(of(&answer, "new_users")["previous_total"], "0");
    assert_eq!(of(&answer, "new_users")["data"][0]["value"], "7");
    assert_eq!(of(&answer, "interactions")["total"], "1");
    assert_eq!(of(&answer, "opened_reports")["total"], "1");
    assert_eq!(of(&answer, "resolved_reports")["total"], "0");
    assert_eq!(of(&answer, "instance_accounts")["key"], "instance_accounts");
    assert_eq!(of(&answer, "active_users").get("previous_total"), None);
    assert_eq!(
        answer.as_array().unwrap().len(),
        6,
        "what is not known is left out"
    );
    chamber
        .mona
        .sends("/api/v1/admin/measures", &json!({"keys": ["new_users"]}))
        .await
        .expect(400);
}

#[tokio::test]
async fn dimensions_name_their_parts() {
    let chamber = chamber().await;
    let alice = chamber.member("alice").await;
    alice.says("hello").await;
    let today = chamber.world.app.clock.now().date().to_string();

    let form = json!({
        "keys": ["servers", "sources", "space_usage", "software_versions"],
        "start_at": today, "end_at": today, "limit": "3",
    });
    let answer = chamber
        .mona
        .sends("/api/v1/admin/dimensions", &form)
        .await
        .expect(200)
        .json();

    let posts = &of(&answer, "servers")["data"][0];
    assert_eq!(
        (&posts["key"], &posts["value"]),
        (&"moot.test".into(), &"1".into())
    );
    assert_eq!(of(&answer, "sources")["data"][0]["human_key"], "Website");
    assert_eq!(of(&answer, "space_usage")["data"][0]["unit"], "bytes");
    assert_eq!(of(&answer, "software_versions")["data"][0]["key"], "moot");
}

#[tokio::test]
async fn retention_counts_those_who_joined_together() {
    let chamber = chamber().await;
    let today = chamber.world.app.clock.now().date().to_string();

    let form = json!({"start_at": today, "end_at": today, "frequency": "day"});
    let answer = chamber
        .mona
        .sends("/api/v1/admin/retention", &form)
        .await
        .expect(200)
        .json();

    assert_eq!(answer[0]["frequency"], "day");
    assert_eq!(answer[0]["data"].as_array().unwrap().len(), 1);
    assert!(answer[0]["data"][0]["rate"].is_number());
    assert!(answer[0]["data"][0]["value"].is_string());
}

#[tokio::test]
async fn trends_are_empty_and_deciding_on_them_says_what_is_missing() {
    let chamber = chamber().await;

    for list in [
        "trends/tags",
        "trends/statuses",
        "trends/links",
        "trends/links/publishers",
        "tags",
    ] {
        let path = format!("/api/v1/admin/{list}");
        assert_eq!(chamber.mona.sees(&path).await, json!([]), "{list}");
    }
    for decision in [
        "trends/tags/1/approve",
        "trends/links/1/reject",
        "trends/links/publishers/1/approve",
    ] {
        let path = format!("/api/v1/admin/{decision}");
        let answer = chamber.mona.sends(&path, &json!({})).await.expect(422);
        assert!(answer.text().contains("no trends yet"), "{}", answer.text());
    }
    chamber.mona.get("/api/v1/admin/tags/1").await.expect(404);
    chamber
        .mona
        .asks("PUT", "/api/v1/admin/tags/1", &json!({"trendable": true}))
        .await
        .expect(422);
}
