//! Providers sign people out of what they have signed them in to, also when more was asked for on the way.

use service::{
    auth::{self, EndedThere, ProviderSession},
    second_factor,
    sign_in::{
        attempts::{self, Halfway},
        links,
    },
};
use signin::Identity;
use testkit::{PASSWORD, TestApp, code};
use time::Duration;

use crate::browser::{Browser, SESSION, location};

const HALFWAY: &str = "__Host-moot_halfway";
const ISSUER: &str = "https://id.example";

fn alice() -> Identity {
    Identity {
        source: ISSUER.into(),
        subject: "sub-1".into(),
        username: "alice".into(),
        email: None,
        email_is_verified: false,
        display_name: None,
        groups: Vec::new(),
    }
}

/// A browser that comes back from the provider's session and is asked for more.
async fn back_from(app: &TestApp, session: &str, halfway: Halfway) -> Browser {
    let by = ProviderSession(session.into());
    let cookie = attempts::begin(app, halfway, "/about", Some(&by)).await;
    let mut browser = Browser::new(app);
    let value = cookie.unwrap().reveal().to_owned();
    browser.cookies.insert(HALFWAY.into(), value);
    browser
}

async fn signs_out(app: &TestApp, session: &str) -> u64 {
    let ended = EndedThere {
        source: ISSUER,
        subject: None,
        session: Some(session),
    };
    auth::end_provider_sessions(app, ended).await.unwrap()
}

async fn is_in(browser: &mut Browser) -> bool {
    let page = browser.open("/").await.text();
    page.contains("You are signed in as")
}

#[tokio::test]
async fn a_session_that_passed_the_link_page_ends_by_the_name_that_the_provider_gave_it() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut linked = back_from(&app, "sid-1", Halfway::Link(alice())).await;

    let fields = [("password", PASSWORD)];
    let answer = linked.fill("/auth/link", "/auth/link", &fields).await;

    assert_eq!(location(&answer.expect(303)), "/about");
    assert!(is_in(&mut linked).await);
    assert_eq!(signs_out(&app, "sid-2").await, 0);
    assert!(is_in(&mut linked).await);
    assert_eq!(signs_out(&app, "sid-1").await, 1);
    assert!(!is_in(&mut linked).await);
}

#[tokio::test]
async fn a_session_that_passed_a_second_factor_ends_by_the_name_that_the_provider_gave_it() {
    let app = testkit::app().await;
    let member = app.member("alice").await;
    links::link(&app, member.id, &alice()).await.unwrap();
    let whole = service::members::get(&app, member.id).await.unwrap();
    let setup = second_factor::begin_totp(&app, &whole).await.unwrap();
    let now = || app.clock.now();
    second_factor::confirm_totp(&app, &whole, &code(&setup.secret, now()))
        .await
        .unwrap();
    app.clock.advance(Duration::minutes(1));
    let mut shown = back_from(&app, "sid-1", Halfway::SecondFactor(member.id)).await;

    let shown_code = code(&setup.secret, now());
    let path = "/auth/second_factor";
    let fields = [("code", shown_code.as_str())];
    shown.fill(path, path, &fields).await.expect(303);

    assert!(is_in(&mut shown).await);
    assert_eq!(signs_out(&app, "sid-1").await, 1);
    assert!(!is_in(&mut shown).await);
}

#[tokio::test]
async fn whoever_is_signed_out_there_half_way_in_here_comes_in_no_further() {
    let app = testkit::app().await;
    let member = app.member("alice").with_password().await;
    let factor = Halfway::SecondFactor(member.id);
    let mut linking = back_from(&app, "sid-1", Halfway::Link(alice())).await;
    let mut asked = back_from(&app, "sid-1", factor).await;
    let mut other = back_from(&app, "sid-2", Halfway::Link(alice())).await;

    signs_out(&app, "sid-1").await;

    for (browser, page) in [
        (&mut linking, "/auth/link"),
        (&mut asked, "/auth/second_factor"),
    ] {
        let answer = browser.open(page).await.expect(303);
        assert_eq!(location(&answer), "/auth/sign_in");
    }
    other.open("/auth/link").await.expect(200);
    let by_person = EndedThere {
        source: ISSUER,
        subject: Some("sub-1"),
        session: None,
    };
    auth::end_provider_sessions(&app, by_person).await.unwrap();
    other.open("/auth/link").await.expect(303);
    assert!(!other.cookies.contains_key(SESSION));
}
