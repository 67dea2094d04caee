use model::moderation::board::DecisionKind;
use serde_json::json;

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
async fn what_nobody_has_adopted_says_so_and_is_no_agreement() {
    let app = testkit::app()
        .settings(|settings| settings.presentation.terms_of_service.clear())
        .await;
    let mut browser = Browser::new(&app);

    for path in ["/terms-of-service", "/guidelines", "/contact"] {
        let html = browser.open(path).await.expect(200).text();

        assert!(html.contains("has not adopted it"), "{path}: {html}");
        assert!(html.contains("[fill in"), "{path}: {html}");
    }
    let sign_up = browser.open("/auth/sign_up").await.expect(200).text();
    assert!(sign_up.contains("I have read the"), "{sign_up}");
    let agreement = sign_up.split("I have read the").nth(1).unwrap();
    let agreement = agreement.split("and agree").next().unwrap();
    assert!(!agreement.contains("terms-of-service"), "{agreement}");
}

#[tokio::test]
async fn every_version_and_what_it_changed_can_be_read_by_anybody() {
    let app = testkit::app().await;
    let council = app.council().await;
    for text in ["- Be kind.\n- No spam.", "- Be very kind.\n- No spam."] {
        council
            .decide(
                DecisionKind::AdoptDocument,
                json!({"kind": "rules", "text": text}),
            )
            .await;
    }
    let mut browser = Browser::new(&app);

    let rules = browser.open("/rules").await.expect(200).text();
    let list = browser.open("/documents").await.expect(200).text();
    let versions = browser.open("/documents/rules").await.expect(200).text();
    let first = browser.open("/documents/rules/1").await.expect(200).text();
    let changes = browser
        .open("/documents/rules/2/changes")
        .await
        .expect(200)
        .text();

    assert!(rules.contains("<li>Be very kind.</li>"), "{rules}");
    assert!(rules.contains("Version 2"), "{rules}");
    assert!(list.contains("/documents/rules"), "{list}");
    assert!(
        versions.contains("Version 2") && versions.contains("in force"),
        "{versions}"
    );
    assert!(first.contains("Be kind."), "{first}");
    assert!(changes.contains("<del>- Be kind.</del>"), "{changes}");
    assert!(changes.contains("<ins>- Be very kind.</ins>"), "{changes}");
    browser.open("/documents/rules/3").await.expect(404);
    browser.open("/documents/rules/3/changes").await.expect(404);
    browser.open("/documents/poems").await.expect(404);
}

#[tokio::test]
async fn a_version_to_come_is_announced_and_found_by_its_day() {
    let app = testkit::app().await;
    let council = app.council().await;
    let day = (app.clock.now() + time::Duration::days(30))
        .date()
        .to_string();
    council
        .decide(
            DecisionKind::AdoptDocument,
            json!({"kind": "terms", "text": "New terms.", "effective_on": day}),
        )
        .await;
    let mut browser = Browser::new(&app);

    let now = browser.open("/terms-of-service").await.expect(200).text();
    let then = browser
        .open(&format!("/terms-of-service/{day}"))
        .await
        .expect(303);
    browser
        .open("/terms-of-service/2020-01-01")
        .await
        .expect(404);

    assert!(now.contains("What we agreed on."), "{now}");
    assert!(now.contains("/documents/terms/1/changes"), "{now}");
    assert_eq!(then.header("location"), Some("/documents/terms/1"));
}

#[tokio::test]
async fn a_document_carries_no_script() {
    let app = testkit::app().await;
    let council = app.council().await;
    let text =
        "<script>alert(1)</script>\n\n- <img src=x onerror=alert(1)> [x](javascript:alert(1))";
    for kind in ["rules", "about", "landing", "guidelines"] {
        council
            .decide(
                DecisionKind::AdoptDocument,
                json!({"kind": kind, "text": text}),
            )
            .await;
    }
    let mut browser = Browser::new(&app);

    for path in [
        "/",
        "/rules",
        "/about",
        "/guidelines",
        "/documents/rules/1",
        "/documents/rules/1/changes",
    ] {
        let html = browser.open(path).await.expect(200).text();

        assert!(!html.contains("<script>alert"), "{path}: {html}");
        assert!(!html.contains("onerror=alert(1)>"), "{path}: {html}");
        assert!(!html.contains("href=\"javascript"), "{path}: {html}");
    }
}
