//! How far a member has read.

use serde_json::json;

use super::world::world;

#[tokio::test]
async fn markers_are_kept_by_timeline_and_count_their_moves() {
    let world = world().await;
    let alice = world.person("alice").await;
    assert_eq!(
        alice.sees("/api/v1/markers?timeline[]=home").await,
        json!({})
    );

    let form = json!({"home": {"last_read_id": "100"}, "notifications": {"last_read_id": 7}});
    let first = alice
        .sends("/api/v1/markers", &form)
        .await
        .expect(200)
        .json();
    let request = world.client.post("/api/v1/markers").as_(&alice.token);
    let moved = request
        .form(&[("home[last_read_id]", "200")])
        .send()
        .await
        .expect(200)
        .json();

    assert_eq!(first["notifications"]["last_read_id"], "7");
    assert!(moved["home"]["version"].as_i64() > first["home"]["version"].as_i64());
    let markers = alice.sees("/api/v1/markers?timeline[]=home").await;
    assert_eq!(markers["home"]["last_read_id"], "200");
    assert!(markers.get("notifications").is_none());
}
