//! The page of somebody who has left.

use std::sync::Arc;

use service::members;
use testkit::{Mailbox, Member, TestApp, place};

use super::second_factor::{ORIGIN, question, with_passkey};
use crate::browser::{Browser, SESSION, hidden, location};

/// The leaver's cookie of a test server, whose URLs are https.
const COOKIE: &str = "__Host-moot_leaver";

async fn leaver(app: &TestApp) -> Member {
    let alice = app.member("alice").with_password().await;
    leaves(app, &alice).await;
    alice
}

pub(crate) async fn leaves(app: &TestApp, member: &Member) {
    let now = app.clock.now();
    sqlx::query("UPDATE members SET left_at = $2, ends_at = $3 WHERE account_id = $1")
        .bind(member.id.get())
        .bind(now)
        .bind(now + time::Duration::days(90))
        .execute(&app.db)
        .await
        .unwrap();
}

async fn link(app: &TestApp, member: &Member) -> String {
    let link = members::exit_link(app, member.id).await.unwrap();
    format!("/auth/leaving/{}", link.reveal())
}

/// A browser in which the page is open.
pub(crate) async fn at_the_page(app: &TestApp, member: &Member) -> Browser {
    let mut browser = Browser::new(app);
    let link = link(app, member).await;
    browser.fill(&link, &link, &[]).await.expect(303);
    browser
}

#[tokio::test]
async fn a_link_opens_the_page_in_one_browser() {
    let app = testkit::app().await;
    let alice = leaver(&app).await;
    let link = link(&app, &alice).await;
    let mut browser = Browser::new(&app);
    // Whoever looks into mail opens links too; that uses nothing up.
    browser.open(&link).await.expect(200);

    let answer = browser.fill(&link, &link, &[]).await.expect(303);

    assert_eq!(location(&answer), "/auth/leaving");
    let page = browser.open("/auth/leaving").await.expect(200);
    assert!(page.text().contains("You have left, @alice"));
    assert_eq!(page.header("cache-control"), Some("private, no-store"));
    let mut other = Browser::new(&app);
    other.open(&link).await.expect(410);
    let page = other.open("/auth/leaving").await.expect(200);
    assert!(!page.text().contains("@alice"));
}

#[tokio::test]
async fn a_leavers_cookie_opens_that_page_and_nothing_else() {
    let app = testkit::app().await;
    let alice = leaver(&app).await;
    let mut browser = at_the_page(&app, &alice).await;

    assert!(browser.open("/").await.text().contains("Sign in"));
    browser.open("/settings/private_email").await.expect(303);
    let value = browser.cookies[COOKIE].clone();
    let client = browser.client.clone();
    let api = "/api/v1/accounts/verify_credentials";
    client.get(api).as_(&value).send().await.expect(401);
    client
        .get("/settings/private_email")
        .cookie("__Host-moot_session", &value)
        .send()
        .await
        .expect(303);
}

#[tokio::test]
async fn a_passkey_of_who_has_left_opens_the_page_and_no_session() {
    // Where it opens nothing else, too: the organisation alone says who members are.
    let app = testkit::app()
        .settings(|settings| settings.sign_in.local_passwords = false)
        .await;
    let alice = app.member("alice").with_password().await;
    let mut before = Browser::new(&app);
    let (_, cookie) = service::auth::start_session(&app, alice.id, place("Firefox"))
        .await
        .unwrap();
    before
        .cookies
        .insert(SESSION.into(), cookie.reveal().to_owned());
    let path = "/auth/step_up";
    let proof = [("password", testkit::PASSWORD)];
    before.fill(path, path, &proof).await.expect(303);
    let mut device = with_passkey(&mut before).await;
    leaves(&app, &alice).await;
    let mut browser = Browser::new(&app);

    let page = browser
        .fill("/auth/leaving", "/auth/passkey", &[])
        .await
        .expect(200);
    let token = hidden(&page, "/auth/passkey").remove(0).1;
    let answer = device.answer(&question(&page.text()), ORIGIN);
    let sent = [("form_token", token.as_str()), ("answer", &answer)];
    let led = browser.send("/auth/passkey", &sent).await.expect(303);

    assert_eq!(location(&led), "/auth/leaving");
    assert!(browser.cookies.contains_key(COOKIE));
    assert!(!browser.cookies.contains_key(SESSION));
    let page = browser.open("/auth/leaving").await.expect(200);
    assert!(page.text().contains("You have left, @alice"));
    // When the grace period is over, it opens nothing.
    app.clock.advance(time::Duration::days(91));
    let mut late = Browser::new(&app);
    let page = late.fill("/auth/leaving", "/auth/passkey", &[]).await;
    let token = hidden(&page, "/auth/passkey").remove(0).1;
    let answer = device.answer(&question(&page.text()), ORIGIN);
    let sent = [("form_token", token.as_str()), ("answer", &answer)];
    late.send("/auth/passkey", &sent).await.expect(403);
    assert!(!late.cookies.contains_key(COOKIE));
}

#[tokio::test]
async fn who_has_left_cannot_sign_in() {
    let app = testkit::app().await;
    leaver(&app).await;
    let mut browser = Browser::new(&app);

    let answer = browser.sign_in("alice").await.expect(403);

    assert!(answer.text().contains("/auth/leaving"), "{}", answer.text());
}

#[tokio::test]
async fn lists_are_downloaded_by_who_sits_there() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let mia = app.remote("mia@mastodon.example").await;
    alice.follows(&bob).await;
    alice.follows(&mia).await;
    bob.follows(&alice).await;
    let post = bob.posts("worth keeping").await;
    service::statuses::bookmark(&app, alice.id, post.status.id)
        .await
        .unwrap();
    leaves(&app, &alice).await;
    let mut browser = at_the_page(&app, &alice).await;

    let file = async |browser: &mut Browser, name: &str| {
        let path = format!("/auth/leaving/export/{name}");
        browser.open(&path).await
    };
    let follows = file(&mut browser, "follows.csv").await.expect(200);
    assert_eq!(
        follows.text(),
        "Account address,Show boosts,Notify on new posts,Languages\nbob@moot.test,true,false,\nmia@mastodon.example,true,false,\n"
    );
    assert_eq!(
        follows.header("content-disposition"),
        Some("attachment; filename=\"follows.csv\"")
    );
    let followers = file(&mut browser, "followers.csv").await.expect(200);
    assert_eq!(followers.text(), "Account address\nbob@moot.test\n");
    let bookmarks = file(&mut browser, "bookmarks.csv").await.expect(200);
    assert_eq!(bookmarks.text(), format!("{}\n", post.status.uri));
    for name in ["blocks.csv", "mutes.csv"] {
        file(&mut browser, name).await.expect(200);
    }
    file(&mut browser, "passwords.csv").await.expect(404);
    let mut stranger = Browser::new(&app);
    file(&mut stranger, "follows.csv").await.expect(303);
}

#[tokio::test]
async fn an_account_is_deleted_by_typing_its_name() {
    let app = testkit::app().await;
    let alice = leaver(&app).await;
    let mut browser = at_the_page(&app, &alice).await;
    let delete = "/auth/leaving/delete";

    let wrong = browser
        .fill("/auth/leaving", delete, &[("handle", "bob")])
        .await
        .expect(422);
    assert!(wrong.text().contains("nothing was deleted"));
    assert!(!alice.now().await.is_gone());

    browser
        .fill("/auth/leaving", delete, &[("handle", "@alice@moot.test")])
        .await
        .expect(200);
    assert!(alice.now().await.is_gone());
    assert!(!browser.cookies.contains_key(COOKIE));
    browser.open("/@alice").await.expect(404);
}

// S44: a foreign page can make a browser send the cookie, but not the hidden value.
#[tokio::test]
async fn nothing_is_deleted_from_elsewhere() {
    let app = testkit::app().await;
    let alice = leaver(&app).await;
    let mut browser = at_the_page(&app, &alice).await;

    let fields = [("handle", "alice")];
    browser
        .send("/auth/leaving/delete", &fields)
        .await
        .expect(403);

    assert!(!alice.now().await.is_gone());
}

#[tokio::test]
async fn closing_the_page_takes_the_cookie_back() {
    let app = testkit::app().await;
    let alice = leaver(&app).await;
    let mut browser = at_the_page(&app, &alice).await;
    let before = browser.clone();

    browser
        .fill("/auth/leaving", "/auth/leaving/close", &[])
        .await
        .expect(303);

    assert!(!browser.cookies.contains_key(COOKIE));
    let mut before = before;
    let page = before.open("/auth/leaving").await.expect(200);
    assert!(!page.text().contains("You have left, @alice"));
}

#[tokio::test]
async fn asking_for_a_link_tells_nobody_who_has_left() {
    let app = testkit::app().mailer(Arc::new(Mailbox::default())).await;
    leaver(&app).await;

    let mut answers = Vec::new();
    for name in ["alice", "bob", "nobody"] {
        let mut browser = Browser::new(&app);
        let fields = [("name", name)];
        let answer = browser
            .fill("/auth/leaving", "/auth/leaving/link", &fields)
            .await
            .expect(200);
        answers.push(answer.text());
    }

    answers.dedup();
    assert_eq!(answers.len(), 1);
}

#[tokio::test]
async fn a_private_address_is_given_and_forgotten_by_its_owner() {
    let app = testkit::app().mailer(Arc::new(Mailbox::default())).await;
    app.member("alice").with_password().await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);
    let path = "/settings/private_email";

    let fields = [("email", "not an address")];
    browser.fill(path, path, &fields).await.expect(422);
    let fields = [("email", "alice@home.example")];
    browser.fill(path, path, &fields).await.expect(303);

    let page = browser.open(path).await.expect(200);
    assert!(page.text().contains("alice@home.example waits"));
    browser
        .fill(path, "/settings/private_email/forget", &[])
        .await
        .expect(303);
    assert!(!browser.open(path).await.text().contains("home.example"));
}

#[tokio::test]
async fn without_mail_the_pages_say_so() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);

    let page = browser.open("/settings/private_email").await.expect(200);
    assert!(page.text().contains("sends no mail"));
    let outside = browser.open("/auth/leaving").await.expect(200);
    assert!(!outside.text().contains("name=\"name\""));
    assert!(hidden(&page, "/settings/private_email").is_empty());
}
