use crate::browser::Browser;

const PAYLOAD: &str = "</script>\"'><b onclick=x>";

#[tokio::test]
async fn a_profile_shows_its_public_posts_and_points_to_its_document() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    alice.posts("hello").await;
    alice.posts("quietly").unlisted().await;
    alice.posts("friends only").followers_only().await;
    let mut browser = Browser::new(&app);

    let page = browser.open("/@ALICE").await.expect(200);

    let html = page.text();
    assert!(html.contains("hello") && html.contains("quietly"), "{html}");
    assert!(!html.contains("friends only"), "{html}");
    let uri = &alice.account.uri;
    let link = format!("<{uri}>; rel=\"alternate\"; type=\"application/activity+json\"");
    assert_eq!(page.header("link"), Some(link.as_str()));
    assert!(html.contains(&format!(
        "<link rel=\"alternate\" type=\"application/activity+json\" href=\"{uri}\">"
    )));
}

#[tokio::test]
async fn older_posts_are_a_page_away() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    for number in 0..21 {
        app.clock.advance(time::Duration::seconds(1));
        alice.posts(&format!("post number {number}.")).await;
    }
    let mut browser = Browser::new(&app);

    let first = browser.open("/@alice").await.expect(200).text();

    assert!(first.contains("post number 20.") && !first.contains("post number 0."));
    let query = first
        .split("rel=\"next\" href=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let second = browser
        .open(&format!("/@alice{query}"))
        .await
        .expect(200)
        .text();
    assert!(second.contains("post number 0.") && !second.contains("rel=\"next\""));
}

#[tokio::test]
async fn what_people_call_themselves_is_never_markup() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    sqlx::query("UPDATE accounts SET display_name = $1 WHERE id = $2")
        .bind(PAYLOAD)
        .bind(alice.id.get())
        .execute(&app.db)
        .await
        .unwrap();
    let post = alice.posts(PAYLOAD).warns(PAYLOAD).await;
    let mut browser = Browser::new(&app);

    for path in [
        "/@alice".to_owned(),
        format!("/@alice/{}", post.status.id),
        "/".to_owned(),
    ] {
        let html = browser.open(&path).await.expect(200).text();

        assert!(
            !html.contains("<b onclick") && !html.contains("</script"),
            "{path}: {html}"
        );
        assert!(html.contains("onclick=x"), "{path}: {html}");
    }
}

// S58: nobody is carried off to another site without seeing where to.
#[tokio::test]
async fn somebody_of_another_server_is_shown_with_the_way_there() {
    let app = testkit::app().await;
    app.remote("mia@mastodon.example").await;
    let mut browser = Browser::new(&app);

    let page = browser
        .open("/@mia@mastodon.example")
        .await
        .expect(200)
        .text();

    assert!(page.contains("<strong>mastodon.example</strong>"), "{page}");
    browser.open("/@mia@elsewhere.example").await.expect(404);
}

#[tokio::test]
async fn who_is_not_here_is_not_found() {
    let app = testkit::app().await;
    let mut browser = Browser::new(&app);

    for path in [
        "/@nobody",
        "/@",
        "/@a b",
        "/@nobody/with_replies",
        "/@a@b@c",
        "/@%00",
        "/@..%2F",
    ] {
        let path = path.replace(' ', "%20");
        browser.open(&path).await.expect(404);
    }
}
