//! Passwords.

use model::member::Member;
use service::{
    App, members,
    sign_in::{self, Entry},
};
use testkit::PASSWORD;

/// The member whom a name and password open, if any.
async fn check(app: &App, login: &str, password: &str) -> Option<Member> {
    match sign_in::with_password(app, login, password).await.unwrap() {
        Entry::Member(member) => Some(*member),
        Entry::Wrong => None,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_right_password_opens_by_name_and_by_mail_whatever_their_case() {
    let app = testkit::app().await;
    let alice = app.member("alice").with_password().await;

    for login in ["alice", "ALICE", "alice@mail.example", "Alice@Mail.Example"] {
        let found = check(&app, login, PASSWORD).await;

        // S49
        assert_eq!(
            found.map(|member| member.account.id),
            Some(alice.id),
            "{login}"
        );
    }
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_are_answered_the_same() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    app.member("bob").await;

    for (login, password) in [
        ("alice", "wrong"),
        ("alice", "CORRECT HORSE BATTERY STAPLE"),
        ("nobody", PASSWORD),
        // Signs in elsewhere, and has no password here.
        ("bob", PASSWORD),
        ("alice@elsewhere.example", PASSWORD),
        ("%", PASSWORD),
        ("", PASSWORD),
    ] {
        let found = check(&app, login, password).await;

        assert!(found.is_none(), "{login}");
    }
}

#[tokio::test]
async fn an_empty_password_opens_nothing() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;
    app.member("bob").await;

    // S46
    for (login, password) in [
        ("alice", ""),
        ("bob", ""),
        ("", ""),
        ("alice", "\0"),
        ("alice\0", PASSWORD),
        ("alice", " "),
    ] {
        let found = check(&app, login, password).await;

        assert!(found.is_none(), "{login:?} {password:?}");
    }
}

#[tokio::test]
async fn a_password_longer_than_any_form_takes_is_refused_unhashed() {
    let app = testkit::app().await;
    let alice = app.member("alice").with_password().await;
    let huge = "x".repeat(1_000_000);

    assert!(check(&app, "alice", &huge).await.is_none());
    assert!(members::set_password(&app, alice.id, &huge).await.is_err());
    assert!(members::set_password(&app, alice.id, "").await.is_err());
}

#[tokio::test]
async fn after_a_change_only_the_new_password_opens() {
    let app = testkit::app().await;
    let alice = app.member("alice").with_password().await;

    members::set_password(&app, alice.id, "another password")
        .await
        .unwrap();

    assert!(check(&app, "alice", PASSWORD).await.is_none());
    assert!(check(&app, "alice", "another password").await.is_some());
}

#[tokio::test]
async fn a_password_is_stored_as_an_argon2id_hash_only() {
    let app = testkit::app().await;
    app.member("alice").with_password().await;

    let stored: String = sqlx::query_scalar("SELECT password_hash FROM members")
        .fetch_one(&app.db)
        .await
        .unwrap();

    assert!(stored.starts_with("$argon2id$"), "{stored}");
    assert!(!stored.contains(PASSWORD));
}
