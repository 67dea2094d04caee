//! Members are seen.

use service::members;
use testkit::TestApp;
use time::{Duration, OffsetDateTime};

async fn last_seen(app: &TestApp) -> Option<OffsetDateTime> {
    members::list(app)
        .await
        .unwrap()
        .pop()
        .unwrap()
        .last_active_at
}

#[tokio::test]
async fn being_seen_is_written_down_once_an_hour() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let joined = app.clock.now();

    app.clock.advance(Duration::minutes(59));
    members::seen(&app, alice.id).await.unwrap();
    let soon = last_seen(&app).await;
    app.clock.advance(Duration::minutes(2));
    members::seen(&app, alice.id).await.unwrap();
    let later = last_seen(&app).await;

    assert_eq!(soon, Some(joined));
    assert_eq!(later, Some(app.clock.now()));
}

#[tokio::test]
async fn whoever_comes_back_after_long_is_seen_again() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;

    app.clock.advance(Duration::days(100));
    members::seen(&app, alice.id).await.unwrap();

    assert_eq!(last_seen(&app).await, Some(app.clock.now()));
}
