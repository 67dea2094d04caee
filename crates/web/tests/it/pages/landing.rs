use model::moderation::board::DecisionKind;
use serde_json::json;

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

#[tokio::test]
async fn visitors_read_who_decides_by_which_rules_and_how() {
    let app = testkit::app().await;
    let council = app.council().await;
    council
        .decide(
            DecisionKind::AdoptDocument,
            json!({"kind": "landing", "text": "A place of **our own**."}),
        )
        .await;
    council
        .decide(DecisionKind::RemoveModerator, json!({"seat_no": 3}))
        .await;
    let mut browser = Browser::new(&app);

    let html = browser.open("/").await.expect(200).text();

    for words in [
        "A place of <strong>our own</strong>.",
        "<li>Be kind.</li>",
        "mona",
        "@mark@moot.test",
        "2 of 3 moderators",
        "<dt>Members</dt><dd>6</dd>",
        "href=\"/moderation\"",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(
        !html.contains("mira"),
        "who is not a moderator any more: {html}"
    );
}
