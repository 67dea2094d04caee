use model::instance::Profile;
use testkit::PASSWORD;
use time::Duration;

use crate::browser::{Browser, SESSION, hidden, location};

#[tokio::test]
async fn a_name_in_any_case_or_a_mail_address_signs_in() {
    let app = testkit::app().await;
    app.member("Alice").with_password().await;

    for login in ["Alice", "alice", " ALICE ", "@alice", "alice@mail.example"] {
        let mut browser = Browser::new(&app);
        let answer = browser.sign_in(login).await.expect(303);

        assert_eq!(location(&answer), "/");
        assert!(
            browser
                .open("/")
                .await
                .text()
                .contains("You are signed in as"),
            "{login}"
        );
    }
}

// S56: a value known before must not be the one after.
#[tokio::test]
async fn signing_in_changes_the_cookie_and_ends_the_old_session() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);
    let mut before = browser.clone();

    browser.sign_in("alice").await.expect(303);

    assert_ne!(browser.cookies[SESSION], before.cookies[SESSION]);
    assert!(
        !before
            .open("/")
            .await
            .text()
            .contains("You are signed in as")
    );
}

#[tokio::test]
async fn a_cookie_is_for_this_host_and_for_no_script() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut browser = Browser::new(&app);

    let answer = browser.sign_in("alice").await;

    let cookies = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|line| line.to_str().unwrap());
    let session = cookies
        .into_iter()
        .find(|line| line.starts_with(SESSION))
        .unwrap();
    for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(session.contains(part), "{session}");
    }
    assert!(!session.contains("Domain"), "{session}");
}

#[tokio::test]
async fn a_wrong_password_and_a_wrong_name_are_told_alike() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;

    let mut answers = Vec::new();
    for (login, password) in [("alice", "wrong"), ("nobody", PASSWORD), ("alice", "")] {
        let mut browser = Browser::new(&app);
        let fields = [("login", login), ("password", password)];
        let answer = browser
            .fill("/auth/sign_in", "/auth/sign_in", &fields)
            .await
            .expect(422);
        assert!(!browser.cookies.contains_key(SESSION));
        let problem = answer
            .text()
            .split("role=\"alert\">")
            .nth(1)
            .unwrap()
            .to_owned();
        answers.push(problem.split('<').next().unwrap().to_owned());
    }

    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[1], answers[2]);
}

#[tokio::test]
async fn whoever_was_not_let_in_yet_is_told_so_with_the_right_password_only() {
    let app = testkit::app().await;
    app.member("alice").with_password().unapproved().await;
    let mut browser = Browser::new(&app);

    let answer = browser.sign_in("alice").await.expect(403);

    assert!(answer.text().contains("waits for somebody to look at it"));
    assert!(!browser.cookies.contains_key(SESSION));
    let wrong = [("login", "alice"), ("password", "wrong")];
    browser
        .fill("/auth/sign_in", "/auth/sign_in", &wrong)
        .await
        .expect(422);
}

// S44: a foreign page must not sign somebody in as somebody else.
#[tokio::test]
async fn a_sign_in_that_our_page_did_not_send_is_refused() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut browser = Browser::new(&app);
    let token = hidden(&browser.open("/auth/sign_in").await, "/auth/sign_in")
        .remove(0)
        .1;
    let fields = [("login", "alice"), ("password", PASSWORD)];
    let with_token = [fields[0], fields[1], ("form_token", &token)];
    let client = browser.client.clone();

    let without_cookie = client.post("/auth/sign_in").form(&with_token).send().await;
    let without_token = browser
        .ask(client.post("/auth/sign_in").form(&fields))
        .await;
    let from_elsewhere = client
        .post("/auth/sign_in")
        .header("origin", "https://evil.example")
        .form(&with_token);
    let from_elsewhere = browser.ask(from_elsewhere).await;
    let as_json = browser
        .ask(client.post("/auth/sign_in").json(&with_token))
        .await;

    without_cookie.expect(403);
    without_token.expect(403);
    from_elsewhere.expect(403);
    as_json.expect(400);
    browser
        .ask(client.post("/auth/sign_in").form(&with_token))
        .await
        .expect(303);
}

// S58.
#[tokio::test]
async fn nobody_is_sent_to_another_host_after_signing_in() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);

    for evil in [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/%2f%2fevil.example",
        "/@alice\r\nLocation: https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "\\\\evil",
    ] {
        let fields = [
            ("login", "alice"),
            ("password", PASSWORD),
            ("redirect_to", evil),
        ];
        let mut all = hidden(&browser.open("/auth/sign_in").await, "/auth/sign_in");
        all.retain(|(name, _)| name == "form_token");
        let token = all.remove(0).1;
        let fields = [
            fields[0],
            fields[1],
            fields[2],
            ("form_token", token.as_str()),
        ];

        let answer = browser.send("/auth/sign_in", &fields).await.expect(303);

        assert_eq!(location(&answer), "/", "{evil}");
    }
    let query = "/auth/sign_in?redirect_to=%2F%2Fevil.example";
    assert!(!browser.open(query).await.text().contains("evil.example"));
}

// The API takes tokens and nothing else, so a foreign page gains nothing from a session.
#[tokio::test]
async fn the_api_knows_no_cookies() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);

    for path in [
        "/api/v1/accounts/verify_credentials",
        "/api/v1/timelines/home",
        "/oauth/userinfo",
    ] {
        browser.open(path).await.expect(401);
    }
    browser
        .send("/api/v1/statuses", &[("status", "from elsewhere")])
        .await
        .expect(401);
}

// S49: each spelling of a name had a counter of its own. S60: the limit holds from every address.
#[tokio::test]
async fn a_name_is_tried_so_often_and_no_oftener_however_it_is_written() {
    let app = testkit::app()
        .settings(|settings| settings.profile = Profile::Production)
        .await;
    app.member("john").with_password().await;
    let first = Browser::new(&app);
    let from = |number: u8| Browser {
        client: first.client.clone().from([198, 51, 100, number].into()),
        ..first.clone()
    };
    for attempt in 0..25_u8 {
        let login = ["john", "JOHN", "ｊｏｈｎ", " @jOHN", "jo\u{ad}hn"][usize::from(attempt % 5)];
        let fields = [("login", login), ("password", "wrong")];
        from(attempt)
            .fill("/auth/sign_in", "/auth/sign_in", &fields)
            .await
            .expect(422);
    }

    let refused = from(77).sign_in("john").await.expect(429);

    let seconds: i64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=3601).contains(&seconds), "{seconds}");
    app.clock.advance(Duration::seconds(seconds));
    from(78).sign_in("john").await.expect(303);
}

// One address, however many names it tries; the link page and passkeys count with it (S60).
#[tokio::test]
async fn an_address_tries_so_often_and_no_oftener_whatever_the_names() {
    let app = testkit::app()
        .settings(|settings| settings.profile = Profile::Production)
        .await;
    app.member("alice").with_password().await;
    let first = Browser::new(&app);
    for attempt in 0..25 {
        let login = format!("nobody{attempt}");
        let fields = [("login", login.as_str()), ("password", "wrong")];
        first
            .clone()
            .fill("/auth/sign_in", "/auth/sign_in", &fields)
            .await
            .expect(422);
    }

    let refused = first.clone().sign_in("alice").await.expect(429);
    let passkey = first
        .clone()
        .fill("/auth/sign_in", "/auth/passkey", &[])
        .await;

    let seconds: i64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=301).contains(&seconds), "{seconds}");
    passkey.expect(429);
    let mut elsewhere = Browser {
        client: first.client.clone().from([198, 51, 100, 7].into()),
        ..first.clone()
    };
    elsewhere.sign_in("alice").await.expect(303);
    app.clock.advance(Duration::seconds(seconds));
    first.clone().sign_in("alice").await.expect(303);
}

#[tokio::test]
async fn where_only_providers_count_there_is_no_form_for_a_password() {
    let app = testkit::app()
        .settings(|settings| settings.sign_in.only_providers = true)
        .await;
    app.member("alice").with_password().await;
    let mut browser = Browser::new(&app);

    let page = browser.open("/auth/sign_in").await.expect(200).text();

    assert!(!page.contains("type=\"password\""), "{page}");
    let token = browser.open("/auth/sign_up").await;
    let token = hidden(&token, "/auth/sign_up").remove(0).1;
    let fields = [
        ("login", "alice"),
        ("password", PASSWORD),
        ("form_token", &token),
    ];
    browser.send("/auth/sign_in", &fields).await.expect(404);
}

#[tokio::test]
async fn people_are_shown_where_the_organisation_looks_after_accounts() {
    let app = testkit::app()
        .settings(|settings| {
            settings.sign_in.account_sign_up = Some("https://id.example/join".into());
            settings.sign_in.account_settings = Some("https://id.example/me".into());
        })
        .await;
    let mut browser = Browser::new(&app);

    let page = browser.open("/auth/sign_in").await.text();

    assert!(page.contains("href=\"https://id.example/join\""), "{page}");
    assert!(page.contains("href=\"https://id.example/me\""), "{page}");
}
