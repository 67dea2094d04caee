use model::instance::Registrations;

use crate::browser::{Browser, SESSION};

const GOOD: [(&str, &str); 4] = [
    ("username", "Bea"),
    ("email", "bea@mail.example"),
    ("password", "long enough"),
    ("agreement", "1"),
];

#[tokio::test]
async fn whoever_signs_up_where_all_may_is_signed_in() {
    let app = testkit::app().await;
    let mut browser = Browser::new(&app);

    browser
        .fill("/auth/sign_up", "/auth/sign_up", &GOOD)
        .await
        .expect(303);

    assert!(browser.open("/").await.text().contains("@Bea"));
}

#[tokio::test]
async fn whoever_needs_approval_waits_for_it() {
    let app = testkit::app()
        .settings(|settings| settings.registrations = Registrations::Approval)
        .await;
    let mut browser = Browser::new(&app);
    assert!(
        browser
            .open("/auth/sign_up")
            .await
            .text()
            .contains("Why do you want to join?")
    );

    let answer = browser
        .fill("/auth/sign_up", "/auth/sign_up", &GOOD)
        .await
        .expect(200);

    assert!(answer.text().contains("Somebody will look at your sign-up"));
    assert!(!browser.cookies.contains_key(SESSION));
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_the_rest_is_kept() {
    let app = testkit::app().await;
    let mut browser = Browser::new(&app);
    let wrong = [
        ("username", "not good"),
        ("email", "bea@mail.example"),
        ("password", "short"),
    ];

    let page = browser
        .fill("/auth/sign_up", "/auth/sign_up", &wrong)
        .await
        .expect(422);

    let html = page.text();
    for id in ["username-problem", "password-problem", "agreement-problem"] {
        assert!(html.contains(&format!("id=\"{id}\"")), "{id}: {html}");
    }
    assert!(html.contains("value=\"bea@mail.example\""));
    assert!(!html.contains("email-problem"));
    assert!(!html.contains("short\""), "a password is never shown again");
}

#[tokio::test]
async fn where_nobody_may_sign_up_there_is_no_form() {
    let app = testkit::app()
        .settings(|settings| settings.registrations = Registrations::Closed)
        .await;
    let mut browser = Browser::new(&app);

    let page = browser.open("/auth/sign_up").await.expect(200).text();

    assert!(
        page.contains("Sign-up is closed") && !page.contains("<form"),
        "{page}"
    );
    assert!(!browser.open("/").await.text().contains("/auth/sign_up"));
}
