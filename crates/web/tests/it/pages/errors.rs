use crate::browser::Browser;

#[tokio::test]
async fn an_unknown_path_is_a_page_that_says_so() {
    let app = testkit::app().await;
    let mut browser = Browser::new(&app);

    for path in [
        "/nothing",
        "/auth/nothing",
        "/assets/nothing.css",
        "/tags",
        "/oauth/nothing",
    ] {
        let page = browser.open(path).await.expect(404);

        assert!(page.text().contains("There is nothing here"), "{path}");
        assert_eq!(page.header("cache-control"), Some("private, no-store"));
    }
}

#[tokio::test]
async fn a_form_too_long_or_not_readable_is_refused() {
    let app = testkit::app().await;
    let mut browser = Browser::new(&app);
    let long = "x".repeat(70_000);

    browser
        .send("/auth/sign_in", &[("login", &long)])
        .await
        .expect(413);
    browser
        .send("/auth/sign_in", &[("login", "a\0b")])
        .await
        .expect(400);
}
