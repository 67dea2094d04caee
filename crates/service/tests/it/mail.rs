//! Letters to members, and where their links lead.

use std::sync::Arc;

use model::member::Standing;
use service::{
    Error,
    mail::{Letter, SendMail},
    members::{self, SignUp, Wish},
};
use testkit::{Mailbox, PASSWORD, TestApp};
use time::Duration;

/// A server whose letters arrive in a box.
async fn server() -> (TestApp, Mailbox) {
    let mailbox = Mailbox::default();
    let app = testkit::app()
        .mailer(Arc::new(mailbox.clone()))
        .settings(|settings| settings.confirms_mail = true)
        .await;
    (app, mailbox)
}

async fn send_letters(app: &TestApp) {
    let worker = service::work::register(app.worker(()), &app.to_app());
    worker.run_until_idle().await.unwrap();
}

async fn signs_up(app: &TestApp, username: &str, email: &str) -> model::member::Member {
    let form = SignUp {
        username: username.into(),
        email: email.into(),
        password: PASSWORD.into(),
        agreement: true,
        locale: "en".into(),
        reason: String::new(),
        address: None,
    };
    members::sign_up(app, form).await.unwrap()
}

/// What stands behind `name=` in the link of a letter.
fn secret_of(letter: &Letter, name: &str) -> String {
    let (_, rest) = letter.text.split_once(&format!("{name}=")).unwrap();
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    rest[..end].to_owned()
}

#[tokio::test]
async fn whoever_follows_the_link_in_the_letter_has_confirmed_their_address() {
    let (app, mailbox) = server().await;
    let alice = signs_up(&app, "alice", "alice@mail.example").await;

    send_letters(&app).await;
    let letter = mailbox.newest_to("alice@mail.example").unwrap();
    let secret = secret_of(&letter, "confirmation_token");

    assert_eq!(alice.standing(), Standing::AwaitsConfirmation);
    let member = members::confirm_address(&app, &secret)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(member.standing(), Standing::Good);
    assert!(letter.html.contains(&secret));
    let again = members::confirm_address(&app, &secret).await.unwrap();
    assert!(again.is_none(), "a link works once");
}

#[tokio::test]
async fn a_link_in_a_letter_ends() {
    let (app, mailbox) = server().await;
    signs_up(&app, "alice", "alice@mail.example").await;
    send_letters(&app).await;
    let letter = mailbox.newest_to("alice@mail.example").unwrap();
    let secret = secret_of(&letter, "confirmation_token");

    app.clock.advance(Duration::days(2));

    assert!(
        members::confirm_address(&app, &secret)
            .await
            .unwrap()
            .is_none()
    );
}

/// S43: a link is as good as a password, and stands in no table in the clear.
#[tokio::test]
async fn no_row_holds_the_secret_of_a_link() {
    let (app, mailbox) = server().await;
    signs_up(&app, "alice", "alice@mail.example").await;

    send_letters(&app).await;

    let letter = mailbox.newest_to("alice@mail.example").unwrap();
    let secret = secret_of(&letter, "confirmation_token");
    for table in ["jobs", "mail_tokens", "members"] {
        let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
            "SELECT t::text FROM {table} t"
        )))
        .fetch_all(&app.db)
        .await
        .unwrap();
        assert!(rows.iter().all(|row| !row.contains(&secret)), "{table}");
    }
}

#[tokio::test]
async fn a_new_password_by_letter_ends_everything_and_works_once() {
    let (app, mailbox) = server().await;
    let alice = app.member("alice").await;
    let email = "alice@mail.example";
    let (_, cookie) = service::auth::start_session(&app, alice.id, testkit::place(""))
        .await
        .unwrap();

    members::ask_for_letter(&app, &email.to_uppercase(), Wish::Reset)
        .await
        .unwrap();
    send_letters(&app).await;
    let secret = secret_of(&mailbox.newest_to(email).unwrap(), "reset_password_token");
    let done = members::reset_password(&app, &secret, "a brand new password")
        .await
        .unwrap();

    assert!(done);
    let session = service::auth::find_session(&app, cookie.reveal())
        .await
        .unwrap();
    assert!(session.is_none());
    let found = service::sign_in::by_local_password(&app, "alice", "a brand new password")
        .await
        .unwrap();
    assert!(found.is_some());
    assert!(
        !members::reset_password(&app, &secret, "yet another one")
            .await
            .unwrap()
    );
    send_letters(&app).await;
    assert!(
        mailbox
            .newest_to(email)
            .unwrap()
            .subject
            .starts_with("Your password was changed")
    );
}

/// S49: neither answer nor what is written down says whether an address is known.
#[tokio::test]
async fn asking_for_a_letter_is_the_same_for_strangers() {
    let (app, mailbox) = server().await;
    app.member("alice").await;
    let email = "alice@mail.example";

    members::ask_for_letter(&app, email, Wish::Reset)
        .await
        .unwrap();
    let for_alice = app.jobs().await.len();
    app.forget_jobs().await;
    members::ask_for_letter(&app, "nobody@mail.example", Wish::Reset)
        .await
        .unwrap();
    let for_nobody = app.jobs().await.len();
    send_letters(&app).await;

    assert_eq!(for_alice, for_nobody);
    assert!(mailbox.letters().is_empty());
}

/// An address that nobody has confirmed may be a stranger's: they get no way into the account.
#[tokio::test]
async fn an_unconfirmed_address_gets_no_new_password() {
    let (app, mailbox) = server().await;
    signs_up(&app, "alice", "stranger@mail.example").await;
    app.forget_jobs().await;

    members::ask_for_letter(&app, "stranger@mail.example", Wish::Reset)
        .await
        .unwrap();
    send_letters(&app).await;

    assert!(mailbox.letters().is_empty());
}

#[tokio::test]
async fn a_changed_address_is_used_once_it_is_confirmed_and_the_old_one_is_told() {
    let (app, mailbox) = server().await;
    let alice = app.member("alice").await;
    let old = "alice@mail.example";

    members::change_address(&app, alice.id, "new@mail.example")
        .await
        .unwrap();
    send_letters(&app).await;
    let before = members::get(&app, alice.id).await.unwrap().email;
    let secret = secret_of(
        &mailbox.newest_to("new@mail.example").unwrap(),
        "confirmation_token",
    );
    members::confirm_address(&app, &secret).await.unwrap();
    send_letters(&app).await;

    assert_eq!(before.as_deref(), Some(old));
    let after = members::get(&app, alice.id).await.unwrap().email;
    assert_eq!(after.as_deref(), Some("new@mail.example"));
    let told = mailbox.newest_to(old).unwrap();
    assert!(told.subject.starts_with("Your mail address was changed"));
    assert!(!told.text.contains("new@mail.example"));
}

#[tokio::test]
async fn an_address_that_has_become_somebody_elses_is_not_taken_from_them() {
    let (app, mailbox) = server().await;
    let alice = app.member("alice").await;
    members::change_address(&app, alice.id, "shared@mail.example")
        .await
        .unwrap();
    send_letters(&app).await;
    let secret = secret_of(
        &mailbox.newest_to("shared@mail.example").unwrap(),
        "confirmation_token",
    );
    signs_up(&app, "bob", "shared@mail.example").await;

    let refused = members::confirm_address(&app, &secret).await;

    assert!(matches!(refused, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn a_letter_tried_again_keeps_its_id() {
    let (app, _) = server().await;
    signs_up(&app, "alice", "alice@mail.example").await;

    let jobs = app.enqueued::<SendMail>().await;

    assert_eq!(jobs.len(), 1);
    assert_eq!(jobs[0].id.len(), 32);
}

/// S55: HTML that somebody else wrote into a letter is shown as text.
#[tokio::test]
async fn what_a_browser_calls_itself_is_text() {
    let (app, mailbox) = server().await;
    let alice = app.member("alice").await;
    let email = "alice@mail.example";
    let home = members::Place {
        user_agent: "Firefox/144.0",
        address: "198.51.100.7".parse().unwrap(),
    };
    let elsewhere = members::Place {
        user_agent: "<img src=x onerror=alert(1)>",
        address: "203.0.113.9".parse().unwrap(),
    };

    service::auth::start_session(&app, alice.id, home)
        .await
        .unwrap();
    service::auth::start_session(&app, alice.id, elsewhere)
        .await
        .unwrap();
    send_letters(&app).await;

    let letter = mailbox.newest_to(email).unwrap();
    assert!(letter.subject.starts_with("A sign-in from a new place"));
    assert!(letter.text.contains("<img src=x onerror=alert(1)>"));
    assert!(!letter.html.contains("<img"), "{}", letter.html);
}

#[tokio::test]
async fn nobody_is_written_to_about_their_first_or_a_usual_place() {
    let (app, mailbox) = server().await;
    let alice = app.member("alice").await;
    let at = |user_agent, address: &str| members::Place {
        user_agent,
        address: address.parse().unwrap(),
    };

    for place in [
        at("Firefox/144.0", "198.51.100.7"),
        // The next version, and another address of the same network.
        at("Firefox/145.0", "198.51.3.200"),
    ] {
        service::auth::start_session(&app, alice.id, place)
            .await
            .unwrap();
    }
    send_letters(&app).await;

    assert!(mailbox.letters().is_empty());
}
