use crate::browser::Browser;

#[tokio::test]
async fn the_stylesheet_is_kept_for_good_and_changes_its_name_with_its_content() {
    let app = testkit::app().await;
    let mut browser = Browser::new(&app);
    let html = browser.open("/").await.text();
    let path = html
        .split("rel=\"stylesheet\" href=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();

    let sheet = browser.open(path).await.expect(200);

    assert_eq!(
        sheet.header("content-type"),
        Some("text/css; charset=utf-8")
    );
    assert_eq!(
        sheet.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    let tag = sheet.header("etag").unwrap();
    let again = browser
        .client
        .get(path)
        .header("if-none-match", tag)
        .send()
        .await
        .expect(304);
    assert!(again.body.is_empty());
}
