//! Those who ask to follow a locked account.

use super::world::{ids, world};

#[tokio::test]
async fn a_request_waits_until_it_is_answered() {
    let world = world().await;
    let locked = world.app.member("alice").locked().await;
    let alice = world.equip(locked).await;
    let (bob, carol) = (world.person("bob").await, world.person("carol").await);

    for asking in [&bob, &carol] {
        let after = asking
            .does(&format!("/api/v1/accounts/{}/follow", alice.id()))
            .await;
        assert_eq!(
            (&after["following"], &after["requested"]),
            (&false.into(), &true.into())
        );
    }
    let waiting = alice.sees("/api/v1/follow_requests").await;
    let me = alice.sees("/api/v1/accounts/verify_credentials").await;
    let let_in = alice
        .does(&format!("/api/v1/follow_requests/{}/authorize", bob.id()))
        .await;
    let sent_away = alice
        .does(&format!("/api/v1/follow_requests/{}/reject", carol.id()))
        .await;

    assert_eq!(ids(&waiting), [carol.id(), bob.id()]);
    assert_eq!(me["source"]["follow_requests_count"], 2);
    assert_eq!(let_in["followed_by"], true);
    assert_eq!(sent_away["followed_by"], false);
    assert_eq!(ids(&alice.sees("/api/v1/follow_requests").await), [""; 0]);
}

#[tokio::test]
async fn a_request_that_nobody_made_is_not_found() {
    let world = world().await;
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);

    let path = format!("/api/v1/follow_requests/{}/authorize", bob.id());

    alice.sends(&path, &serde_json::json!({})).await.expect(404);
}
