//! Somebody half-way in.

use service::{
    auth,
    sign_in::attempts::{self, Asked, Halfway},
};
use time::Duration;

use super::person;

#[tokio::test]
async fn an_attempt_is_found_by_its_cookie_for_ten_minutes_and_done_once() {
    let app = testkit::app().await;
    let who = Halfway::Link(person("id-1", "alice"));
    let cookie = attempts::begin(&app, who.clone(), "/about", None)
        .await
        .unwrap();
    let find = async |cookie: &str, asked| attempts::find(&app, cookie, asked).await.unwrap();

    let found = find(cookie.reveal(), Asked::Link).await.unwrap();

    assert_eq!(found.halfway, who);
    assert_eq!(found.redirect_to, "/about");
    assert!(find(cookie.reveal(), Asked::SecondFactor).await.is_none());
    assert!(find("another", Asked::Link).await.is_none());
    let finish = async || attempts::finish(&app, cookie.reveal(), Asked::Link).await;
    assert!(finish().await.unwrap());
    assert!(!finish().await.unwrap());
    assert!(find(cookie.reveal(), Asked::Link).await.is_none());

    let late = attempts::begin(&app, who, "", None).await.unwrap();
    app.clock.advance(Duration::minutes(10));
    assert!(find(late.reveal(), Asked::Link).await.is_none());
}

// S40: a half-done second factor outlived the change of the password.
#[tokio::test]
async fn an_attempt_ends_with_everything_else_of_a_member() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let cookie = attempts::begin(&app, Halfway::SecondFactor(alice.id), "", None)
        .await
        .unwrap();

    auth::revoke_everything(&app, alice.id).await.unwrap();

    let found = attempts::find(&app, cookie.reveal(), Asked::SecondFactor).await;
    assert!(found.unwrap().is_none());
}

#[tokio::test]
async fn attempts_that_nobody_ended_are_swept() {
    let app = testkit::app().await;
    attempts::begin(&app, Halfway::Link(person("id-1", "alice")), "", None)
        .await
        .unwrap();
    app.clock.advance(Duration::minutes(11));

    service::retention::sweep(&app).await.unwrap();

    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM sign_in_attempts")
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(left, 0);
}
