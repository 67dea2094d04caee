use service::auth::OUT_OF_BAND;

use super::world::{CALLBACK, register, world};
use crate::browser::{Browser, hidden, location, parameter};

#[tokio::test]
async fn a_member_agrees_and_the_app_acts_for_her() {
    let mut world = world().await;

    let answer = world
        .answer("allow", &[("state", "a&b c")])
        .await
        .expect(302);

    let back = location(&answer);
    assert!(
        back.starts_with("https://app.example/callback?code="),
        "{back}"
    );
    assert_eq!(parameter(&back, "state").as_deref(), Some("a&b c"));
    assert_eq!(answer.header("cache-control"), Some("private, no-store"));
    let code = parameter(&back, "code").unwrap();
    let token = world.token(&[("code", &code)]).await.expect(200).json();
    assert_eq!(token["scope"], "read write");
    assert!(world.works(token["access_token"].as_str().unwrap()).await);
}

#[tokio::test]
async fn the_page_says_who_asks_for_what_and_where_it_leads() {
    let mut world = world().await;
    let asking = world.asking(&[("scope", "read write:statuses")]);

    let page = world.browser.open(&asking).await.expect(200);

    let html = page.text();
    for words in [
        "Ivory",
        "ivory.example",
        "app.example",
        "@alice@moot.test",
        "private posts included",
        "Write, change and delete posts",
        ">Authorise<",
        ">Deny<",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(
        !page
            .header("content-security-policy")
            .unwrap()
            .contains("form-action")
    );
    assert_eq!(page.header("cache-control"), Some("private, no-store"));
}

#[tokio::test]
async fn whoever_is_not_signed_in_signs_in_and_comes_back() {
    let world = world().await;
    let mut browser = Browser::new(&world.app);
    let asking = world.asking(&[("state", "xyz")]);

    let sign_in = location(&browser.open(&asking).await.expect(303));
    let fields = [("login", "ALICE"), ("password", testkit::PASSWORD)];
    let answer = browser
        .fill(&sign_in, "/auth/sign_in", &fields)
        .await
        .expect(303);

    let back = location(&answer);
    assert!(back.starts_with("/oauth/authorize?"), "{back}");
    assert_eq!(parameter(&back, "state").as_deref(), Some("xyz"));
    assert!(
        browser
            .open(&back)
            .await
            .expect(200)
            .text()
            .contains("May <bdi>Ivory</bdi>")
    );
}

#[tokio::test]
async fn a_slash_at_the_end_does_not_matter() {
    let mut world = world().await;
    let asking = world.asking(&[]).replace("/authorize?", "/authorize/?");

    world.browser.open(&asking).await.expect(200);
}

#[tokio::test]
async fn an_app_may_have_its_person_sign_in_anew() {
    let mut world = world().await;
    let asking = world.asking(&[("force_login", "true")]);

    let sign_in = location(&world.browser.open(&asking).await.expect(303));

    let page = world.browser.open(&sign_in).await.expect(200).text();
    assert!(page.contains("You are signed in as @alice"), "{page}");
    let back = parameter(&sign_in, "redirect_to").unwrap();
    assert!(!back.contains("force_login"), "{back}");
}

#[tokio::test]
async fn an_app_without_a_page_has_its_code_copied_by_hand() {
    let mut world = world().await;

    let answer = world
        .answer("allow", &[("redirect_uri", OUT_OF_BAND)])
        .await
        .expect(303);

    let native = location(&answer);
    let code = parameter(&native, "code").unwrap();
    let page = world.browser.open(&native).await.expect(200);
    assert!(page.text().contains(&format!("value=\"{code}\"")));
    assert_eq!(page.header("cache-control"), Some("private, no-store"));
    world
        .token(&[("code", &code), ("redirect_uri", OUT_OF_BAND)])
        .await
        .expect(200);
}

#[tokio::test]
async fn an_app_is_reached_by_its_own_scheme() {
    let mut world = world().await;

    let answer = world
        .answer("allow", &[("redirect_uri", "ivory://back")])
        .await;

    assert!(location(&answer).starts_with("ivory://back?code="));
}

#[tokio::test]
async fn an_app_is_told_that_its_person_did_not_agree() {
    let mut world = world().await;

    let back = location(&world.answer("deny", &[("state", "xyz")]).await.expect(302));

    assert_eq!(parameter(&back, "error").as_deref(), Some("access_denied"));
    assert_eq!(parameter(&back, "state").as_deref(), Some("xyz"));
    assert_eq!(parameter(&back, "code"), None);
}

#[tokio::test]
async fn an_app_is_told_what_it_asked_wrongly() {
    let mut world = world().await;
    for (wrong, expected) in [
        ([("scope", "read admin:write")], "invalid_scope"),
        ([("response_type", "token")], "unsupported_response_type"),
        (
            [(
                "code_challenge",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            )],
            "invalid_request",
        ),
    ] {
        let asking = world.asking(&[&wrong[..], &[("state", "xyz")]].concat());

        let back = location(&world.browser.open(&asking).await.expect(302));

        assert!(back.starts_with(CALLBACK), "{back}");
        assert_eq!(parameter(&back, "error").as_deref(), Some(expected));
        assert_eq!(parameter(&back, "state").as_deref(), Some("xyz"));
    }
}

// S41: whoever sends somebody here with an address of their own must get nothing.
#[tokio::test]
async fn nobody_is_sent_to_an_unknown_address_or_for_an_unknown_app() {
    let mut world = world().await;
    for (wrong, status) in [
        (("client_id", "nobody"), 401),
        (("client_id", ""), 401),
        (("redirect_uri", "https://evil.example/callback"), 400),
        (("redirect_uri", "https://app.example/callback/"), 400),
        (("redirect_uri", "https://app.example/callback?x=1"), 400),
        (("redirect_uri", "https://app.example/callback#x"), 400),
        (("redirect_uri", "https://app.example/%63allback"), 400),
        (("redirect_uri", "javascript:alert(1)"), 400),
        (("redirect_uri", ""), 400),
    ] {
        let asking = world.asking(&[wrong]);

        let answer = world.browser.open(&asking).await.expect(status);

        assert_eq!(answer.header("location"), None, "{wrong:?}");
    }
}

// S44 and the rest of cross-site request forgery: consent is given on our own page or not at all.
#[tokio::test]
async fn consent_that_our_page_did_not_send_gives_nothing() {
    let mut world = world().await;
    let asking = world.asking(&[]);
    let page = world.browser.open(&asking).await.expect(200);
    let good = hidden(&page, "/oauth/authorize");
    let stranger = Browser::new(&world.app).open("/auth/sign_in").await;
    let foreign = hidden(&stranger, "/auth/sign_in").remove(0).1;
    let with_token = |token: Option<&str>| {
        let mut fields = good.clone();
        fields.retain(|(name, _)| name != "form_token");
        fields.extend(token.map(|token| ("form_token".to_owned(), token.to_owned())));
        fields.push(("decision".into(), "allow".into()));
        fields
    };
    let right = good
        .iter()
        .find(|(name, _)| name == "form_token")
        .unwrap()
        .1
        .clone();
    let send = |fields: Vec<(String, String)>, header: (&str, &str)| {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        world
            .browser
            .client
            .post("/oauth/authorize")
            .header(header.0, header.1)
            .form(&fields)
    };
    let ours = ("origin", "https://moot.test");
    let attempts = [
        send(with_token(None), ours),
        send(with_token(Some("")), ours),
        send(with_token(Some(&foreign)), ours),
        send(with_token(Some(&right)), ("origin", "https://evil.example")),
        send(with_token(Some(&right)), ("origin", "null")),
        send(with_token(Some(&right)), ("sec-fetch-site", "cross-site")),
    ];

    let mut browser = world.browser.clone();
    for attempt in attempts {
        let answer = browser.ask(attempt).await.expect(403);
        assert_eq!(answer.header("location"), None);
    }

    let accepted = send(with_token(Some(&right)), ours);
    browser.ask(accepted).await.expect(302);
}

#[tokio::test]
async fn what_an_app_calls_itself_is_never_markup() {
    let mut world = world().await;
    let name = "</script>\"'><b onclick=x>\u{2028}";
    (world.ivory, world.secret) = register(&world.app, name).await;
    let asking = world.asking(&[("state", "\"><script>alert(1)</script>")]);

    let html = world.browser.open(&asking).await.expect(200).text();

    assert!(
        !html.contains("<script") && !html.contains("<b onclick"),
        "{html}"
    );
    assert!(html.contains("&#60;b onclick=x&#62;"), "{html}");
}
