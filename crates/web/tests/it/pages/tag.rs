use crate::browser::Browser;

#[tokio::test]
async fn a_tag_shows_public_posts_in_every_spelling() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    alice.posts("about #Moot").await;
    alice.posts("secretly about #moot").followers_only().await;
    let mut browser = Browser::new(&app);

    let html = browser.open("/tags/MOOT").await.expect(200).text();

    assert!(
        html.contains("about ") && !html.contains("secretly"),
        "{html}"
    );
    browser.open("/tags/not%20a%20tag").await.expect(404);
}
