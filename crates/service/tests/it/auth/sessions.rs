//! Browsers that are signed in.

use service::auth;
use time::Duration;

#[tokio::test]
async fn a_cookie_leads_to_its_member_until_signed_out() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (session, cookie) = auth::start_session(&app, alice.id, testkit::place("Firefox\n"))
        .await
        .unwrap();

    let (found, member) = auth::find_session(&app, cookie.reveal())
        .await
        .unwrap()
        .unwrap();
    auth::end_session(&app, session.id).await.unwrap();

    assert_eq!(found.user_agent, "Firefox");
    assert_eq!(member.account.id, alice.id);
    assert!(
        auth::find_session(&app, cookie.reveal())
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn a_session_unused_for_a_year_is_over() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (_, cookie) = auth::start_session(&app, alice.id, testkit::place("Firefox"))
        .await
        .unwrap();

    app.clock.advance(Duration::days(364));
    let used = auth::find_session(&app, cookie.reveal()).await.unwrap();
    app.clock.advance(Duration::days(364));
    let used_again = auth::find_session(&app, cookie.reveal()).await.unwrap();
    app.clock.advance(Duration::days(366));
    let left_alone = auth::find_session(&app, cookie.reveal()).await.unwrap();

    assert!(used.is_some());
    assert!(used_again.is_some());
    assert!(left_alone.is_none());
}

#[tokio::test]
async fn the_eleventh_browser_signs_out_the_one_used_least_lately() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mut cookies = Vec::new();
    for number in 0..10 {
        cookies.push(
            auth::start_session(&app, alice.id, testkit::place(&format!("Browser {number}")))
                .await
                .unwrap()
                .1,
        );
        app.clock.advance(Duration::hours(2));
    }
    // The oldest is used again, so the second oldest has to go.
    auth::find_session(&app, cookies[0].reveal())
        .await
        .unwrap()
        .unwrap();
    app.clock.advance(Duration::hours(2));

    auth::start_session(&app, alice.id, testkit::place("Browser 10"))
        .await
        .unwrap();

    assert!(
        auth::find_session(&app, cookies[0].reveal())
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        auth::find_session(&app, cookies[1].reveal())
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        auth::find_session(&app, cookies[2].reveal())
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn a_session_of_somebody_who_may_not_sign_in_leads_nowhere() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (_, cookie) = auth::start_session(&app, alice.id, testkit::place("Firefox"))
        .await
        .unwrap();

    sqlx::query("UPDATE members SET disabled_at = now()")
        .execute(&app.db)
        .await
        .unwrap();

    assert!(
        auth::find_session(&app, cookie.reveal())
            .await
            .unwrap()
            .is_none()
    );
}
