//! More than a password: at sign-in, before what matters, and where an office demands it.

use model::{instance::Profile, member::Office};
use testkit::{Device, PASSWORD, TestApp, code};
use time::Duration;

use crate::browser::{Browser, SESSION, hidden, location};

const SCRIPTED: &str = "default-src 'none'; style-src 'self'; img-src 'self' https: data:; script-src 'self'; \
    frame-ancestors 'none'; base-uri 'none'";
pub(super) const ORIGIN: &str = "https://moot.test";

/// What the page asks the browser's passkeys.
pub(super) fn question(html: &str) -> String {
    let (_, rest) = html.split_once("data-question=\"").unwrap();
    let question = rest.split('"').next().unwrap();
    question.replace("&#34;", "\"").replace("&#39;", "'")
}

/// A member who is signed in and has an app: the browser, its secret, and the recovery codes.
pub(super) async fn with_app(app: &TestApp, name: &str) -> (Browser, String, Vec<String>) {
    let mut browser = Browser::new(app);
    browser.sign_in(name).await.expect(303);
    let page = browser
        .open("/settings/security/app")
        .await
        .expect(200)
        .text();
    let secret = between(&page, "<code class=\"secret\">", "</code>");
    let first = code(&secret, app.clock.now());
    let shown = browser
        .fill(
            "/settings/security/app",
            "/settings/security/app",
            &[("code", &first)],
        )
        .await
        .expect(200)
        .text();
    let codes = shown
        .split("<li><code>")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect();
    (browser, secret, codes)
}

/// Adds a passkey in this browser.
pub(super) async fn with_passkey(browser: &mut Browser) -> Device {
    let path = "/settings/security/passkeys/new";
    let page = browser.open(path).await.expect(200);
    let (device, answer) = Device::create(&question(&page.text()), ORIGIN);
    let mut fields = hidden(&page, path);
    fields.retain(|(name, _)| name == "form_token");
    let sent = [
        ("form_token", fields[0].1.as_str()),
        ("name", "My phone"),
        ("answer", answer.as_str()),
    ];
    browser.send(path, &sent).await;
    device
}

fn between(html: &str, before: &str, after: &str) -> String {
    let (_, rest) = html.split_once(before).unwrap();
    rest.split(after).next().unwrap().to_owned()
}

async fn becomes_board(app: &TestApp) {
    sqlx::query("UPDATE members SET eligible_for = ARRAY['board']")
        .execute(&app.db)
        .await
        .unwrap();
}

fn is_in(browser: &Browser) -> bool {
    browser.cookies.contains_key(SESSION)
}

#[tokio::test]
async fn a_password_alone_lets_nobody_in_who_has_an_app() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let (_, secret, _) = with_app(&app, "alice").await;
    let mut browser = Browser::new(&app);

    let asked = browser.sign_in("alice").await.expect(303);
    let before = is_in(&browser);
    app.clock.advance(Duration::seconds(30));
    let typed = code(&secret, app.clock.now());
    let wrong = browser
        .fill(
            "/auth/second_factor",
            "/auth/second_factor",
            &[("code", "000000")],
        )
        .await;
    let right = browser
        .fill(
            "/auth/second_factor",
            "/auth/second_factor",
            &[("code", &typed)],
        )
        .await;

    assert_eq!(location(&asked), "/auth/second_factor");
    assert!(!before);
    wrong.expect(422);
    assert_eq!(location(&right.expect(303)), "/");
    assert!(is_in(&browser));
    assert!(
        browser
            .open("/")
            .await
            .text()
            .contains("You are signed in as")
    );
    browser.cookies.remove(SESSION);
    let again = browser.open("/auth/second_factor").await.expect(303);
    assert_eq!(location(&again), "/auth/sign_in");
}

// S42: from a new address, in a new browser, in a new attempt.
#[tokio::test]
async fn the_eleventh_code_is_refused_from_wherever_it_comes() {
    let app = testkit::app()
        .settings(|settings| settings.profile = Profile::Production)
        .await;
    app.member("alice").with_password().await;
    let (_, _, codes) = with_app(&app, "alice").await;
    let from = |number: u8| {
        let mut browser = Browser::new(&app);
        browser.client = browser.client.clone().from([198, 51, 100, number].into());
        browser
    };
    for number in 0..10 {
        let mut browser = from(number);
        browser.sign_in("alice").await.expect(303);
        browser
            .fill(
                "/auth/second_factor",
                "/auth/second_factor",
                &[("code", "000000")],
            )
            .await
            .expect(422);
    }

    let mut browser = from(77);
    browser.sign_in("alice").await.expect(303);
    let refused = browser
        .fill(
            "/auth/second_factor",
            "/auth/second_factor",
            &[("code", &codes[0])],
        )
        .await
        .expect(429);

    let seconds: i64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=3601).contains(&seconds), "{seconds}");
    assert!(!is_in(&browser));
    app.clock.advance(Duration::seconds(seconds));
    let mut browser = from(78);
    browser.sign_in("alice").await.expect(303);
    browser
        .fill(
            "/auth/second_factor",
            "/auth/second_factor",
            &[("code", &codes[0])],
        )
        .await
        .expect(303);
}

#[tokio::test]
async fn whoever_takes_longer_than_ten_minutes_begins_anew() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let (_, _, codes) = with_app(&app, "alice").await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);
    let page = browser.open("/auth/second_factor").await.expect(200);
    let token = hidden(&page, "/auth/second_factor").remove(0).1;

    app.clock.advance(Duration::minutes(30));
    let late = [("form_token", token.as_str()), ("code", &codes[0])];
    let late = browser.send("/auth/second_factor", &late).await.expect(303);

    assert_eq!(location(&late), "/auth/sign_in");
    assert!(!is_in(&browser));
}

#[tokio::test]
async fn a_passkey_is_a_second_factor_and_can_be_the_only_one() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut first = Browser::new(&app);
    first.sign_in("alice").await.expect(303);
    let mut device = with_passkey(&mut first).await;

    let mut second = Browser::new(&app);
    second.sign_in("alice").await.expect(303);
    let page = second.open("/auth/second_factor").await.expect(200);
    assert_eq!(page.header("content-security-policy"), Some(SCRIPTED));
    let token = hidden(&page, "/auth/second_factor").remove(0).1;
    let answer = device.answer(&question(&page.text()), ORIGIN);
    let sent = [("form_token", token.as_str()), ("answer", &answer)];
    second.send("/auth/second_factor", &sent).await.expect(303);
    let mut third = Browser::new(&app);
    let page = third
        .fill("/auth/sign_in?redirect_to=/about", "/auth/passkey", &[])
        .await
        .expect(200);
    assert_eq!(page.header("content-security-policy"), Some(SCRIPTED));
    let token = hidden(&page, "/auth/passkey").remove(0).1;
    let answer = device.answer(&question(&page.text()), ORIGIN);
    let sent = [
        ("form_token", token.as_str()),
        ("answer", &answer),
        ("redirect_to", "/about"),
    ];
    let mut thief = Browser::new(&app);
    let token_of_thief = hidden(&thief.open("/auth/sign_in").await, "/auth/passkey")
        .remove(0)
        .1;
    let stolen = [("form_token", token_of_thief.as_str()), ("answer", &answer)];
    let stolen = thief.send("/auth/passkey", &stolen).await;
    let alone = third.send("/auth/passkey", &sent).await.expect(303);

    assert!(is_in(&second));
    stolen.expect(422);
    assert!(!is_in(&thief));
    assert!(is_in(&third));
    assert_eq!(location(&alone), "/about");
    third.open("/settings/security").await.expect(200);
}

#[tokio::test]
async fn there_is_no_passkey_alone_where_the_organisation_says_who_people_are() {
    let app = testkit::app()
        .settings(|settings| settings.sign_in.local_passwords = false)
        .await;
    let mut browser = Browser::new(&app);

    let page = browser.open("/auth/sign_in").await.expect(200);

    assert!(!page.text().contains("/auth/passkey"));
}

#[tokio::test]
async fn what_matters_asks_for_a_proof_of_the_last_ten_minutes() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);
    browser.open("/settings/security/app").await.expect(200);

    app.clock.advance(Duration::minutes(10));
    let asked = browser.open("/settings/security/app").await.expect(303);
    let step_up = location(&asked);
    let wrong = browser
        .fill(&step_up, "/auth/step_up", &[("password", "wrong")])
        .await;
    let right = browser
        .fill(&step_up, "/auth/step_up", &[("password", PASSWORD)])
        .await;

    assert_eq!(
        step_up,
        "/auth/step_up?redirect_to=%2Fsettings%2Fsecurity%2Fapp"
    );
    wrong.expect(422);
    assert_eq!(location(&right.expect(303)), "/settings/security/app");
    browser.open("/settings/security/app").await.expect(200);
}

#[tokio::test]
async fn forms_that_change_what_matters_ask_for_it_too() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let (mut browser, _, _) = with_app(&app, "alice").await;
    let page = browser.open("/settings/security").await.expect(200);
    app.clock.advance(Duration::minutes(10));

    for action in [
        "/settings/security/app/remove",
        "/settings/security/recovery_codes",
    ] {
        let token = hidden(&page, action).remove(0).1;
        let answer = browser
            .send(action, &[("form_token", &token)])
            .await
            .expect(303);
        assert!(location(&answer).starts_with("/auth/step_up"), "{action}");
    }
    let token = hidden(&page, "/auth/sign_out").remove(0).1;
    for action in [
        "/settings/security/app",
        "/settings/security/passkeys/new",
        "/settings/security/passkeys/remove",
    ] {
        let sent = [
            ("form_token", token.as_str()),
            ("passkey", "1"),
            ("code", "1"),
            ("answer", "{}"),
        ];
        let answer = browser.send(action, &sent).await.expect(303);
        assert!(location(&answer).starts_with("/auth/step_up"), "{action}");
    }
}

#[tokio::test]
async fn where_an_office_demands_it_nothing_is_open_before_there_is_one() {
    let app = testkit::app()
        .settings(|settings| settings.sign_in.second_factor_for = vec![Office::Board])
        .await;
    app.member("alice").with_password().await;
    becomes_board(&app).await;
    let (ivory, _) = app.application("Ivory").await;
    let consent = format!(
        "/oauth/authorize?client_id={}&response_type=code&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback",
        ivory.client_id
    );
    let mut browser = Browser::new(&app);
    let fields = [
        ("login", "alice"),
        ("password", PASSWORD),
        ("redirect_to", consent.as_str()),
    ];
    let mut token = hidden(&browser.open("/auth/sign_in").await, "/auth/sign_in");
    token.retain(|(name, _)| name == "form_token");
    let fields = [
        fields[0],
        fields[1],
        fields[2],
        ("form_token", token[0].1.as_str()),
    ];

    let led = browser.send("/auth/sign_in", &fields).await.expect(303);
    let set_up = location(&led);
    assert!(
        set_up.starts_with("/auth/second_factor/set_up?redirect_to=%2Foauth"),
        "{set_up}"
    );
    let to_app = between(
        &browser.open(&set_up).await.expect(200).text(),
        "second\" href=\"",
        "\"",
    )
    .replace("&#38;", "&");
    for page in ["/settings/security", "/settings/email"] {
        let answer = browser.open(page).await;
        assert_ne!(answer.status, 200, "{page}");
    }
    assert!(location(&browser.open(&consent).await).starts_with("/auth/sign_in"));
    assert_eq!(
        location(&browser.open("/auth/sign_in").await),
        "/auth/second_factor/set_up?redirect_to=%2F"
    );
    let front = browser.open("/").await.expect(200);
    assert_eq!(front.header("cache-control"), Some("private, no-store"));

    let page = browser.open(&to_app).await.expect(200);
    let secret = between(&page.text(), "<code class=\"secret\">", "</code>");
    let first = code(&secret, app.clock.now());
    let shown = browser
        .fill(&to_app, "/settings/security/app", &[("code", &first)])
        .await
        .expect(200);

    assert!(shown.text().contains("href=\"/oauth/authorize?client_id="));
    browser.open(&consent).await.expect(200);
    browser.open("/settings/security").await.expect(200);
}
