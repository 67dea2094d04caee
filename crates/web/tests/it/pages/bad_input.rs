//! What nobody types as a name or a password: texts without end, and NUL.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::body::Body;
use futures_util::{StreamExt as _, stream};
use service::{
    auth::ProviderSession,
    members::{self, Wish},
    sign_in::attempts::{self, Halfway},
};
use signin::Identity;
use testkit::{Mailbox, PASSWORD, TestApp};
use tower::ServiceExt as _;

use crate::browser::{Browser, SESSION};

const HALFWAY: &str = "__Host-moot_halfway";
const SECURITY: &str = "/settings/security";

/// A form with a name or a password in it, before whoever may fill it in.
struct Before {
    browser: Browser,
    page: String,
    action: &'static str,
    /// What is filled in rightly, but for the field meant.
    right: Vec<(&'static str, &'static str)>,
    /// The field meant.
    field: &'static str,
    /// The answer to a text there that is far too long, though the form is not.
    status: u16,
}

async fn server() -> (TestApp, Mailbox) {
    let mailbox = Mailbox::default();
    let app = testkit::app().mailer(Arc::new(mailbox.clone())).await;
    (app, mailbox)
}

/// A browser in which the organisation has recognised somebody whose name is taken.
async fn halfway(app: &TestApp, name: &str) -> Browser {
    let identity = Identity {
        source: "ldap".into(),
        subject: format!("id of {name}"),
        username: name.into(),
        email: None,
        email_is_verified: false,
        display_name: None,
        groups: Vec::new(),
    };
    let mut browser = Browser::new(app);
    let by: Option<&ProviderSession> = None;
    let cookie = attempts::begin(app, Halfway::Link(identity), "/", by)
        .await
        .unwrap();
    let value = cookie.reveal().to_owned();
    browser.cookies.insert(HALFWAY.into(), value);
    browser
}

/// The page behind the link in a letter that leads to a new password.
async fn page_for_a_new_password(app: &TestApp, mailbox: &Mailbox, email: &str) -> String {
    members::ask_for_letter(app, email, Wish::Reset)
        .await
        .unwrap();
    service::work::register(app.worker(()), app)
        .run_until_idle()
        .await
        .unwrap();
    let letter = mailbox.newest_to(email).unwrap();
    let (_, rest) = letter.text.split_once("/auth/password/edit?").unwrap();
    let query = rest.split_whitespace().next().unwrap();
    format!("/auth/password/edit?{query}")
}

async fn every_form(app: &TestApp, mailbox: &Mailbox) -> Vec<Before> {
    app.member("alice").with_password().await;
    let mut signed_in = Browser::new(app);
    signed_in.sign_in("alice").await.expect(303);
    let stranger = Browser::new(app);
    let half_in = halfway(app, "alice").await;
    let reset = page_for_a_new_password(app, mailbox, "alice@mail.example").await;
    let form = |browser: &Browser,
                page: &str,
                action,
                right: &[(&'static str, &'static str)],
                field,
                status| Before {
        browser: browser.clone(),
        page: page.to_owned(),
        action,
        right: right.to_vec(),
        field,
        status,
    };
    let password = ("password", PASSWORD);
    vec![
        form(
            &stranger,
            "/auth/sign_in",
            "/auth/sign_in",
            &[password],
            "login",
            422,
        ),
        form(
            &stranger,
            "/auth/sign_in",
            "/auth/sign_in",
            &[("login", "alice")],
            "password",
            422,
        ),
        form(
            &stranger,
            "/auth/password/new",
            "/auth/password/new",
            &[],
            "email",
            200,
        ),
        form(
            &stranger,
            &reset,
            "/auth/password/edit",
            &[],
            "password",
            422,
        ),
        form(
            &stranger,
            "/auth/leaving",
            "/auth/leaving/link",
            &[],
            "name",
            200,
        ),
        form(&half_in, "/auth/link", "/auth/link", &[], "password", 422),
        form(
            &signed_in,
            SECURITY,
            "/settings/security/password",
            &[("new", "a new password")],
            "old",
            422,
        ),
        form(
            &signed_in,
            SECURITY,
            "/settings/security/password",
            &[("old", PASSWORD)],
            "new",
            422,
        ),
        form(
            &signed_in,
            "/auth/step_up",
            "/auth/step_up",
            &[],
            "password",
            422,
        ),
        form(
            &signed_in,
            "/settings/private_email",
            "/settings/private_email",
            &[],
            "email",
            422,
        ),
    ]
}

#[tokio::test]
async fn a_megabyte_in_any_form_is_refused_before_it_is_read() {
    let (app, mailbox) = server().await;
    let megabyte = "x".repeat(1_000_000);

    for mut before in every_form(&app, &mailbox).await {
        before.right.push((before.field, &*megabyte.clone().leak()));
        let answer = before
            .browser
            .fill(&before.page, before.action, &before.right)
            .await
            .expect(413);

        let page = answer.text();
        assert!(
            page.contains("That was too much"),
            "{}: {page}",
            before.action
        );
        assert!(page.contains("<h1"), "{}: {page}", before.action);
        assert!(!page.contains("xxx"), "{}", before.action);
    }
    // Nothing came of any of it.
    Browser::new(&app).sign_in("alice").await.expect(303);
}

/// Else the connection is reset while the browser still sends, and nobody sees the answer.
#[tokio::test]
async fn who_sends_too_much_is_heard_out_and_nobody_without_end() {
    const PIECE: usize = 10_000;
    let app = testkit::app().await;
    let router = web::router(app.to_app());
    for (pieces, heard) in [(100, 100), (10_000, 425)] {
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&asked);
        let body = stream::iter(0..pieces).map(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
            Ok::<_, std::io::Error>(vec![b'x'; PIECE])
        });
        let request = http::Request::post("/auth/sign_in")
            .header("host", "moot.test")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("content-length", pieces * PIECE)
            .body(Body::from_stream(body))
            .unwrap();

        let answer = router.clone().oneshot(request).await.unwrap();

        assert_eq!(answer.status(), 413);
        let asked = asked.load(Ordering::Relaxed);
        assert!((heard..heard + 10).contains(&asked), "{asked}");
    }
}

#[tokio::test]
async fn what_is_too_long_for_anybody_is_nobodys() {
    let (app, mailbox) = server().await;
    let long = "x".repeat(50_000);

    for mut before in every_form(&app, &mailbox).await {
        before.right.push((before.field, &*long.clone().leak()));
        let answer = before
            .browser
            .fill(&before.page, before.action, &before.right)
            .await;

        let text = answer.text();
        assert_eq!(
            answer.status.as_u16(),
            before.status,
            "{}: {text}",
            before.action
        );
    }
    Browser::new(&app).sign_in("alice").await.expect(303);
}

/// S45: NUL ends a text early in every library written in C, and PostgreSQL has none.
#[tokio::test]
async fn nul_in_any_form_is_refused_in_words() {
    let (app, mailbox) = server().await;

    for before in every_form(&app, &mailbox).await {
        for text in ["\0", "alice\0", "\0alice", "al\0ice"] {
            let mut browser = before.browser.clone();
            let mut fields = before.right.clone();
            fields.push((before.field, text));
            let answer = browser
                .fill(&before.page, before.action, &fields)
                .await
                .expect(400);

            assert!(answer.text().contains("<h1"), "{}", before.action);
            let was_in = before.browser.cookies.contains_key(SESSION);
            assert_eq!(browser.cookies.contains_key(SESSION), was_in);
        }
    }
}
