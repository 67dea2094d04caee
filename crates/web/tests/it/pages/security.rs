//! Where members look after their account.

use testkit::PASSWORD;

use crate::browser::{Browser, SESSION, hidden, location};

const PAGE: &str = "/settings/security";

#[tokio::test]
async fn the_page_is_for_members_and_for_nobodys_cache() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut browser = Browser::new(&app);

    let stranger = browser.open(PAGE).await.expect(303);
    browser.sign_in("alice").await.expect(303);
    let page = browser.open(PAGE).await.expect(200);

    assert_eq!(
        location(&stranger),
        "/auth/sign_in?redirect_to=%2Fsettings%2Fsecurity"
    );
    assert_eq!(page.header("cache-control"), Some("private, no-store"));
    assert!(
        !page
            .header("content-security-policy")
            .unwrap()
            .contains("script-src")
    );
    assert!(!page.text().contains("<script"));
    assert!(
        browser
            .open("/")
            .await
            .text()
            .contains("href=\"/settings/security\"")
    );
}

#[tokio::test]
async fn browsers_are_listed_and_signed_out_from_another() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut here = Browser::new(&app);
    let mut there = Browser::new(&app);
    let mut third = Browser::new(&app);
    for browser in [&mut here, &mut there, &mut third] {
        browser.sign_in("alice").await.expect(303);
    }

    let page = here.open(PAGE).await.expect(200);
    assert_eq!(page.text().matches("this one").count(), 1);
    assert_eq!(
        page.text()
            .matches("action=\"/settings/security/sessions/end\"")
            .count(),
        2
    );
    here.fill(PAGE, "/settings/security/sessions/end", &[])
        .await
        .expect(303);
    let left = [&mut there, &mut third].map(|browser| browser.clone());
    let mut signed_in = 0;
    for mut browser in left {
        signed_in += usize::from(browser.open(PAGE).await.status == 200);
    }
    assert_eq!(signed_in, 1);
    here.fill(PAGE, "/settings/security/sessions/end_others", &[])
        .await
        .expect(303);
    there.open(PAGE).await.expect(303);
    third.open(PAGE).await.expect(303);
    here.open(PAGE).await.expect(200);
}

#[tokio::test]
async fn apps_are_listed_with_what_they_may_do_and_lose_it_at_once() {
    let app = testkit::app().await;
    let alice = app.member("alice").with_password().await;
    let bearer = app.token_for(&alice, "read write:statuses").await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);

    let page = browser.open(PAGE).await.expect(200).text();
    browser
        .fill(PAGE, "/settings/security/apps/revoke", &[])
        .await
        .expect(303);

    assert!(page.contains("Command line"));
    assert!(page.contains("Read everything that you can read here"));
    browser
        .client
        .get("/api/v1/accounts/verify_credentials")
        .as_(&bearer)
        .send()
        .await
        .expect(401);
}

// S40, S56: whoever changes the password may do so because somebody else knows the old one.
#[tokio::test]
async fn a_new_password_signs_everybody_out_but_this_browser_which_gets_a_new_cookie() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut here = Browser::new(&app);
    let mut there = Browser::new(&app);
    here.sign_in("alice").await.expect(303);
    there.sign_in("alice").await.expect(303);
    let before = here.cookies[SESSION].clone();
    let action = "/settings/security/password";

    let wrong = [("old", "wrong"), ("new", "a new password")];
    here.fill(PAGE, action, &wrong).await.expect(422);
    let short = [("old", PASSWORD), ("new", "short")];
    let short = here.fill(PAGE, action, &short).await.expect(422);
    let right = [("old", PASSWORD), ("new", "a new password")];
    let right = here.fill(PAGE, action, &right).await.expect(303);

    assert!(short.text().contains("The new password is too short"));
    assert_eq!(location(&right), "/settings/security?done=password");
    assert_ne!(here.cookies[SESSION], before);
    here.open(PAGE).await.expect(200);
    there.open(PAGE).await.expect(303);
}

#[tokio::test]
async fn nothing_changes_by_a_form_that_our_page_did_not_send() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);
    let token = hidden(&browser.open(PAGE).await, "/auth/sign_out")
        .remove(0)
        .1;

    for action in [
        "/settings/security/app",
        "/settings/security/app/remove",
        "/settings/security/passkeys/new",
        "/settings/security/passkeys/rename",
        "/settings/security/passkeys/remove",
        "/settings/security/recovery_codes",
        "/settings/security/password",
        "/settings/security/sessions/end",
        "/settings/security/sessions/end_others",
        "/settings/security/apps/revoke",
        "/auth/step_up",
        "/auth/second_factor",
        "/auth/passkey",
    ] {
        let client = browser.client.clone();
        browser.send(action, &[("old", PASSWORD)]).await.expect(403);
        let foreign = client
            .post(action)
            .header("sec-fetch-site", "cross-site")
            .form(&[("form_token", token.as_str())]);
        browser.ask(foreign).await.expect(403);
    }
    browser.open(PAGE).await.expect(200);
}

#[tokio::test]
async fn ids_of_others_and_nonsense_are_not_found() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    app.member("bob").with_password().await;
    let mut bob = Browser::new(&app);
    bob.sign_in("bob").await.expect(303);
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);
    let token = hidden(&browser.open(PAGE).await, "/auth/sign_out")
        .remove(0)
        .1;
    let his: i64 = sqlx::query_scalar("SELECT id FROM sessions ORDER BY id LIMIT 1")
        .fetch_one(&app.db)
        .await
        .unwrap();
    let his = his.to_string();

    for id in [his.as_str(), "0", "-1", "x", "", "99999999999999999999999"] {
        for (action, field) in [
            ("/settings/security/sessions/end", "session"),
            ("/settings/security/passkeys/remove", "passkey"),
            ("/settings/security/passkeys/rename", "passkey"),
        ] {
            let sent = [("form_token", token.as_str()), (field, id), ("name", "x")];
            browser.send(action, &sent).await.expect(404);
        }
    }
    bob.open(PAGE).await.expect(200);
}

#[tokio::test]
async fn what_was_done_is_told_in_our_words_only() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);

    let told = browser.open("/settings/security?done=session").await.text();
    let foreign = browser
        .open("/settings/security?done=Call+0900")
        .await
        .text();

    assert!(told.contains("That browser is signed out."));
    assert!(!foreign.contains("0900"));
    assert!(!foreign.contains("role=\"status\""));
}

// S56: names of passkeys, browsers and apps are what somebody wrote.
#[tokio::test]
async fn what_apps_and_browsers_call_themselves_is_text() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);
    sqlx::query("UPDATE sessions SET user_agent = '<script>alert(1)</script>\"'")
        .execute(&app.db)
        .await
        .unwrap();

    let page = browser.open(PAGE).await.expect(200).text();

    assert!(!page.contains("<script>"));
    assert!(page.contains("&#60;script&#62;"));
}

#[tokio::test]
async fn mastodons_addresses_lead_here() {
    let app = testkit::app().await;
    let mut browser = Browser::new(&app);

    for (path, page) in [
        ("/auth/edit", "/settings/security"),
        ("/oauth/authorized_applications", "/settings/security#apps"),
        (
            "/settings/two_factor_authentication_methods",
            "/settings/security#second-factor",
        ),
    ] {
        assert_eq!(location(&browser.open(path).await.expect(303)), page);
    }
}
