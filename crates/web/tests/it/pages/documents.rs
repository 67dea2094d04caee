use crate::browser::Browser;

#[tokio::test]
async fn what_the_organisation_wrote_is_shown_as_written() {
    let app = testkit::app().await;
    let mut browser = Browser::new(&app);

    for (path, words) in [
        ("/about", "About this <em>server</em>."),
        ("/rules", "Be kind."),
        ("/privacy-policy", "What we <strong>keep</strong>."),
        ("/terms-of-service", "What we agreed on."),
    ] {
        let html = browser.open(path).await.expect(200).text();

        assert!(html.contains(words), "{path}: {html}");
    }
}

#[tokio::test]
async fn what_nobody_wrote_is_neither_there_nor_linked_to() {
    let app = testkit::app()
        .settings(|settings| settings.presentation.terms_of_service.clear())
        .await;
    let mut browser = Browser::new(&app);

    browser.open("/terms-of-service").await.expect(404);
    assert!(
        !browser
            .open("/about")
            .await
            .text()
            .contains("/terms-of-service")
    );
}
