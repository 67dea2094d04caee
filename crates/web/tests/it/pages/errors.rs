use crate::browser::{Browser, location};

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

// S58: a redirect made from the path must not lead to where a path of two slashes leads.
#[tokio::test]
async fn a_slash_too_many_leads_to_the_page_and_nowhere_else() {
    let app = testkit::app().await;
    let mut browser = Browser::new(&app);

    let answer = browser.open("/@alice/?max_id=3").await.expect(308);

    assert_eq!(location(&answer), "/@alice?max_id=3");
    for evil in [
        "//evil.example/",
        "/%2Fevil.example/",
        "/%5Cevil.example/",
        "/nothing/",
    ] {
        browser.open(evil).await.expect(404);
    }
}
