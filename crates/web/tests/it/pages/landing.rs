use crate::browser::Browser;

#[tokio::test]
async fn the_front_page_shows_what_members_said_in_public() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    alice.posts("hello everybody").await;
    alice.posts("not listed").unlisted().await;
    alice.posts("friends only").followers_only().await;
    let mut browser = Browser::new(&app);

    let page = browser.open("/").await.expect(200);

    let html = page.text();
    assert!(html.contains("A server for one test."), "{html}");
    assert!(
        html.contains("hello everybody") && html.contains("@alice@moot.test"),
        "{html}"
    );
    assert!(
        !html.contains("not listed") && !html.contains("friends only"),
        "{html}"
    );
    assert!(
        page.header("set-cookie").is_none(),
        "a page that caches may keep gives no cookie"
    );
}

// S56: titles went unescaped into pages of other servers.
#[tokio::test]
async fn what_the_server_is_called_is_never_markup() {
    let payload = "</script></title>\"'><img src=x onerror=alert(1)>\u{2028}";
    let app = testkit::app()
        .settings(|settings| {
            settings.presentation.title = payload.into();
            settings.presentation.description = payload.into();
            settings.presentation.rules = vec![payload.into()];
            settings.presentation.contact_email = payload.into();
        })
        .await;
    let mut browser = Browser::new(&app);

    for path in ["/", "/about", "/rules", "/auth/sign_in", "/auth/sign_up"] {
        let html = browser.open(path).await.expect(200).text();

        assert!(
            !html.contains("<img src=x") && !html.contains("</script"),
            "{path}: {html}"
        );
        assert!(html.contains("&#60;img src=x"), "{path}");
    }
}
