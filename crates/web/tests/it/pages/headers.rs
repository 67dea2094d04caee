use crate::browser::{Browser, location};

const CLOSED: &str = "default-src 'none'; style-src 'self'; img-src 'self' https: data:; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";
const OPEN: &str = "default-src 'none'; style-src 'self'; img-src 'self' https: data:; \
    frame-ancestors 'none'; base-uri 'none'";

// S57: a snapshot of every page's headers. S27: forms of our own pages lead to us; only where browsers would stop
// the redirect to an app, and no member's HTML is shown, may they lead on.
#[tokio::test]
async fn every_page_has_its_headers() {
    let app = testkit::app().await;
    let alice = app.member("alice").with_password().await;
    let post = alice.posts("hello #moot").await;
    app.remote("mia@mastodon.example").await;
    let (ivory, _) = app.application("Ivory").await;
    let consent = format!(
        "/oauth/authorize?client_id={}&response_type=code&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback",
        ivory.client_id
    );
    let mut anybody = Browser::new(&app);
    let mut signed_in = Browser::new(&app);
    signed_in.sign_in("alice").await.expect(303);
    let public = "public, max-age=10";
    let private = "private, no-store";

    let post_path = format!("/@alice/{}", post.status.id);
    for (path, status, policy, caching) in [
        ("/", 200, CLOSED, public),
        ("/@alice", 200, CLOSED, public),
        ("/@alice/with_replies", 200, CLOSED, public),
        (post_path.as_str(), 200, CLOSED, public),
        ("/@mia@mastodon.example", 200, CLOSED, public),
        ("/tags/moot", 200, CLOSED, public),
        ("/about", 200, CLOSED, public),
        ("/rules", 200, CLOSED, public),
        ("/privacy-policy", 200, CLOSED, public),
        ("/terms-of-service", 200, CLOSED, public),
        ("/authorize_interaction?uri=x", 200, CLOSED, public),
        ("/auth/sign_up", 200, CLOSED, private),
        ("/auth/sign_in", 200, OPEN, private),
        (consent.as_str(), 303, OPEN, private),
        ("/oauth/authorize", 401, CLOSED, private),
        ("/oauth/authorize/native", 404, CLOSED, private),
        ("/nothing", 404, CLOSED, private),
    ] {
        for (browser, caching) in [(&mut anybody, caching), (&mut signed_in, private)] {
            let page = browser.open(path).await;
            if page.status == 303 {
                assert!(location(&page).starts_with('/'), "{path}");
                continue;
            }
            let status = if path == consent { 200 } else { status };
            let status = if path.starts_with("/authorize_interaction") && caching == private {
                404
            } else {
                status
            };
            let page = page.expect(status);
            for (name, value) in [
                ("content-security-policy", policy),
                ("content-type", "text/html; charset=utf-8"),
                ("cache-control", caching),
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "DENY"),
                ("referrer-policy", "same-origin"),
            ] {
                assert_eq!(page.header(name), Some(value), "{path}: {name}");
            }
            let html = page.text();
            for unwanted in ["<script", "<style", " style=", " onclick=", "javascript:"] {
                assert!(!html.contains(unwanted), "{path}: {unwanted}");
            }
            assert!(html.contains("<html lang=\"en\">"), "{path}");
        }
    }
}

// S38: a page made for a member is never kept by a cache that others share.
#[tokio::test]
async fn what_caches_may_keep_is_the_same_for_everybody() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);

    let page = browser.open("/").await.expect(200);

    assert_eq!(page.header("cache-control"), Some("private, no-store"));
    assert!(page.header("vary").unwrap().contains("Cookie"));
}
