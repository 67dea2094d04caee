use crate::browser::{Browser, location, parameter};

const ASKED: &str = "/authorize_interaction?uri=https%3A%2F%2Fmoot.test%2F%40bob";

#[tokio::test]
async fn a_member_is_led_to_what_another_server_sent_them_for() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    app.member("bob").await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);

    let answer = browser.open(ASKED).await.expect(303);

    assert_eq!(location(&answer), "/@bob");
    browser
        .open("/authorize_interaction?uri=https%3A%2F%2Fnowhere.example%2Fx")
        .await
        .expect(404);
}

#[tokio::test]
async fn anybody_else_is_told_what_to_search_for() {
    let app = testkit::app().await;
    let mut browser = Browser::new(&app);

    let html = browser.open(ASKED).await.expect(200).text();

    assert!(html.contains("value=\"https://moot.test/@bob\""), "{html}");
    let sign_in = html
        .split("href=\"/auth/sign_in?redirect_to=")
        .nth(1)
        .unwrap();
    let sign_in = format!("?redirect_to={}", sign_in.split('"').next().unwrap());
    assert_eq!(
        parameter(&sign_in, "redirect_to")
            .as_deref()
            .map(|path| path.contains("/authorize_interaction")),
        Some(true)
    );
}

// S58.
#[tokio::test]
async fn nobody_is_led_away() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);

    for uri in [
        "%2F%2Fevil.example",
        "%2F%5Cevil.example",
        "javascript%3Aalert(1)",
        "a%0d%0aLocation%3A%20x",
        "",
    ] {
        browser
            .open(&format!("/authorize_interaction?uri={uri}"))
            .await
            .expect(404);
    }
}
