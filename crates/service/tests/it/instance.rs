//! The server itself.

use service::instance;

#[tokio::test]
async fn members_peers_and_local_posts_are_counted() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    app.member("bob").await;
    app.remote("mia@mastodon.example").await;
    app.remote("eve@mastodon.example").await;
    alice.posts("hello").await;

    let usage = instance::usage(&app).await.unwrap();

    assert_eq!(
        (usage.members, usage.active_month, usage.active_half_year),
        (2, 2, 2)
    );
    assert_eq!((usage.local_statuses, usage.peers), (1, 1));
    assert_eq!(instance::peers(&app).await.unwrap(), ["mastodon.example"]);
}
