use crate::browser::{Browser, SESSION, hidden};

#[tokio::test]
async fn signing_out_ends_the_session_wherever_its_cookie_is() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);
    let mut stolen = browser.clone();

    browser.fill("/", "/auth/sign_out", &[]).await.expect(303);

    assert!(!browser.cookies.contains_key(SESSION));
    assert!(
        !stolen
            .open("/")
            .await
            .text()
            .contains("You are signed in as")
    );
}

#[tokio::test]
async fn nobody_else_signs_a_member_out() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);
    let token = hidden(&browser.open("/").await, "/auth/sign_out")
        .remove(0)
        .1;
    let client = browser.client.clone();

    browser.send("/auth/sign_out", &[]).await.expect(403);
    let foreign = client
        .post("/auth/sign_out")
        .header("sec-fetch-site", "cross-site")
        .form(&[("form_token", token.as_str())]);
    browser.ask(foreign).await.expect(403);
    browser.open("/auth/sign_out").await.expect(405);

    assert!(
        browser
            .open("/")
            .await
            .text()
            .contains("You are signed in as")
    );
}
