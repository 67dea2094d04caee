use model::instance::Profile;
use service::{
    auth, second_factor,
    sign_in::{
        attempts::{self, Halfway},
        links,
    },
};
use signin::Identity;
use testkit::{PASSWORD, TestApp, place};
use time::Duration;

use crate::browser::{Browser, SESSION, location};

const HALFWAY: &str = "__Host-moot_halfway";

fn alice() -> Identity {
    Identity {
        source: "ldap".into(),
        subject: "8d1f-id".into(),
        username: "Alice".into(),
        email: Some("alice@club.example".into()),
        email_is_verified: true,
        display_name: None,
        groups: Vec::new(),
    }
}

/// A browser in which the organisation has recognised somebody whose name is taken.
async fn halfway_in(app: &TestApp, identity: Identity, next: &str) -> Browser {
    let mut browser = Browser::new(app);
    let cookie = attempts::begin(app, Halfway::Link(identity), next, None)
        .await
        .unwrap();
    browser
        .cookies
        .insert(HALFWAY.into(), cookie.reveal().to_owned());
    browser
}

#[tokio::test]
async fn the_old_password_links_signs_in_and_leads_on() {
    let app = testkit::app().await;
    let member = app.member("alice").with_password().await;
    let (_, old) = auth::start_session(&app, member.id, place("Firefox"))
        .await
        .unwrap();
    let mut browser = halfway_in(&app, alice(), "/about").await;

    let page = browser.open("/auth/link").await.expect(200);
    let answer = browser
        .fill("/auth/link", "/auth/link", &[("password", PASSWORD)])
        .await
        .expect(303);

    assert!(page.text().contains("Is @alice yours?"));
    assert!(page.text().contains("moot members link alice 8d1f-id"));
    assert_eq!(page.header("cache-control"), Some("private, no-store"));
    assert_eq!(location(&answer), "/about");
    assert!(browser.cookies.contains_key(SESSION));
    assert!(!browser.cookies.contains_key(HALFWAY));
    let linked = links::of(&app, member.id).await.unwrap();
    assert_eq!(linked[0].subject, "8d1f-id");
    // Whoever was signed in with the old password is not any more.
    let old = auth::find_session(&app, old.reveal()).await.unwrap();
    assert!(old.is_none());
    let mut elsewhere = Browser::new(&app);
    elsewhere.sign_in("alice").await.expect(422);
}

#[tokio::test]
async fn an_app_that_asked_for_consent_is_led_back_to_after_linking() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let next = "/oauth/authorize?client_id=a&redirect_uri=https%3A%2F%2Fapp.example%2Fx";
    let mut browser = halfway_in(&app, alice(), next).await;

    let answer = browser
        .fill("/auth/link", "/auth/link", &[("password", PASSWORD)])
        .await
        .expect(303);

    assert_eq!(location(&answer), next);
}

#[tokio::test]
async fn without_somebody_half_way_in_there_is_no_link_page() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut late = halfway_in(&app, alice(), "/").await;
    app.clock.advance(Duration::minutes(10));
    let mut nobody = Browser::new(&app);

    for browser in [&mut late, &mut nobody] {
        let answer = browser.open("/auth/link").await.expect(303);
        assert_eq!(location(&answer), "/auth/sign_in");
    }
    // The account went meanwhile to somebody else.
    let bob = app.member("bob").with_password().await;
    let as_bob = Identity {
        username: "bob".into(),
        ..alice()
    };
    let mut browser = halfway_in(&app, as_bob.clone(), "/").await;
    let other = Identity {
        subject: "other".into(),
        ..as_bob
    };
    links::link(&app, bob.id, &other).await.unwrap();
    browser.open("/auth/link").await.expect(303);
}

// S60: a second page was a second chance.
#[tokio::test]
async fn the_link_page_and_the_sign_in_page_share_their_tries() {
    let app = testkit::app()
        .settings(|settings| settings.profile = Profile::Production)
        .await;
    app.member("alice").with_password().await;
    let first = halfway_in(&app, alice(), "/").await;
    let from = |number: u8| Browser {
        client: first.client.clone().from([198, 51, 100, number].into()),
        ..first.clone()
    };
    for attempt in 0..25_u8 {
        let wrong = [("login", "ALICE"), ("password", "wrong")];
        let answer = if attempt % 2 == 0 {
            from(attempt)
                .fill("/auth/link", "/auth/link", &wrong[1..])
                .await
        } else {
            from(attempt)
                .fill("/auth/sign_in", "/auth/sign_in", &wrong)
                .await
        };
        answer.expect(422);
    }

    let refused = from(77)
        .fill("/auth/link", "/auth/link", &[("password", PASSWORD)])
        .await
        .expect(429);

    let seconds: i64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=3601).contains(&seconds), "{seconds}");
    from(78).sign_in("alice").await.expect(429);
}

#[tokio::test]
async fn an_account_with_a_second_factor_is_linked_by_both_and_by_no_password_alone() {
    let app = testkit::app().await;
    let member = app.member("alice").with_password().await;
    let whole = service::members::get(&app, member.id).await.unwrap();
    let setup = second_factor::begin_totp(&app, &whole).await.unwrap();
    let secret = setup.secret.clone();
    let code = || testkit::code(&secret, app.clock.now());
    second_factor::confirm_totp(&app, &whole, &code())
        .await
        .unwrap();
    app.clock.advance(Duration::minutes(1));
    let mut browser = halfway_in(&app, alice(), "/").await;

    for fields in [
        vec![("password", PASSWORD)],
        vec![("password", PASSWORD), ("code", "000000")],
    ] {
        browser
            .fill("/auth/link", "/auth/link", &fields)
            .await
            .expect(422);
        assert!(links::of(&app, member.id).await.unwrap().is_empty());
    }
    let code = code();
    let fields = [("password", PASSWORD), ("code", code.as_str())];
    let answer = browser
        .fill("/auth/link", "/auth/link", &fields)
        .await
        .expect(303);

    assert_eq!(location(&answer), "/");
    assert!(browser.cookies.contains_key(SESSION));
}

#[tokio::test]
async fn an_account_without_a_password_is_for_the_operator_to_link() {
    let app = testkit::app().await;
    app.member("alice").await;
    let mut from_elsewhere = alice();
    from_elsewhere.source = "https://id.example".into();
    let mut browser = halfway_in(&app, from_elsewhere, "/").await;

    let page = browser.open("/auth/link").await.expect(200).text();

    assert!(!page.contains("type=\"password\""));
    assert!(
        page.contains("moot members link alice 8d1f-id --source https://id.example"),
        "{page}"
    );
}

#[tokio::test]
async fn a_foreign_page_links_nothing() {
    let app = testkit::app().await;
    let member = app.member("alice").with_password().await;
    let mut browser = halfway_in(&app, alice(), "/").await;
    browser.open("/auth/link").await.expect(200);

    // S44
    browser
        .send("/auth/link", &[("password", PASSWORD)])
        .await
        .expect(403);

    assert!(links::of(&app, member.id).await.unwrap().is_empty());
}
