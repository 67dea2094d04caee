//! Proofs that somebody still sits there.

use model::member::Session;
use service::{
    auth,
    second_factor::{self, Proof, Provable, Verdict},
};
use testkit::{Member, PASSWORD, TestApp};
use time::Duration;

use super::world::{HERE, ORIGIN, whole, with_app, with_passkey};

async fn session_of(app: &TestApp, member: &Member) -> (Session, auth::Shown) {
    auth::start_session(app, member.id, testkit::place("Firefox"))
        .await
        .unwrap()
}

async fn is_stepped_up(app: &TestApp, cookie: &auth::Shown) -> bool {
    let (session, _) = auth::find_session(app, cookie.reveal())
        .await
        .unwrap()
        .unwrap();
    auth::is_stepped_up(&session, app.clock.now())
}

async fn shows(app: &TestApp, member: &Member, session: &Session, proof: Proof<'_>) -> Verdict {
    let member = whole(app, member).await;
    second_factor::step_up(app, session, &member, proof)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_proof_lasts_ten_minutes_and_in_its_own_browser() {
    let app = testkit::app().await;
    let alice = app.member("alice").with_password().await;
    let (session, cookie) = session_of(&app, &alice).await;
    let (_, other) = session_of(&app, &alice).await;
    let before = is_stepped_up(&app, &cookie).await;

    let wrong = shows(&app, &alice, &session, Proof::Password("wrong")).await;
    let after_wrong = is_stepped_up(&app, &cookie).await;
    let right = shows(&app, &alice, &session, Proof::Password(PASSWORD)).await;

    assert!(!before);
    assert_eq!(wrong, Verdict::Wrong);
    assert!(!after_wrong);
    assert_eq!(right, Verdict::Right);
    assert!(is_stepped_up(&app, &cookie).await);
    assert!(!is_stepped_up(&app, &other).await);
    app.clock.advance(Duration::minutes(9));
    assert!(is_stepped_up(&app, &cookie).await);
    app.clock.advance(Duration::minutes(1));
    assert!(!is_stepped_up(&app, &cookie).await);
}

#[tokio::test]
async fn a_password_proves_nothing_for_whoever_has_something_better() {
    let app = testkit::app().await;
    let alice = app.member("alice").with_password().await;
    let (session, cookie) = session_of(&app, &alice).await;
    let (_, codes) = with_app(&app, &alice).await;

    let password = shows(&app, &alice, &session, Proof::Password(PASSWORD)).await;
    let code = shows(&app, &alice, &session, Proof::Code(&codes.reveal()[0])).await;

    assert_eq!(password, Verdict::Wrong);
    assert_eq!(code, Verdict::Right);
    assert!(is_stepped_up(&app, &cookie).await);
}

#[tokio::test]
async fn a_passkey_proves_it() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (session, cookie) = session_of(&app, &alice).await;
    let mut device = with_passkey(&app, &alice).await;
    let question = second_factor::ask_for_passkey_of(&app, alice.id, HERE)
        .await
        .unwrap()
        .unwrap();
    let answer = device.answer(&question, ORIGIN);

    let shown = shows(&app, &alice, &session, Proof::Passkey(HERE, &answer)).await;

    assert_eq!(shown, Verdict::Right);
    assert!(is_stepped_up(&app, &cookie).await);
}

// S42: a stolen browser session is no place to guess passwords.
#[tokio::test]
async fn passwords_are_counted_among_the_tries() {
    let app = testkit::app().await;
    let alice = app.member("alice").with_password().await;
    let (session, _) = session_of(&app, &alice).await;
    for _ in 0..10 {
        let wrong = shows(&app, &alice, &session, Proof::Password("wrong")).await;
        assert_eq!(wrong, Verdict::Wrong);
    }

    let eleventh = shows(&app, &alice, &session, Proof::Password(PASSWORD)).await;

    assert!(matches!(eleventh, Verdict::TooMany { .. }));
}

#[tokio::test]
async fn whom_only_a_provider_knows_signs_in_again() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    sqlx::query(
        "INSERT INTO identities (source, subject, account_id, username, linked_at, seen_at)
              VALUES ('https://id.example', '1', $1, 'alice', now(), now())",
    )
    .bind(alice.id.get())
    .execute(&app.db)
    .await
    .unwrap();

    let provable = second_factor::proves_with(&app, &whole(&app, &alice).await)
        .await
        .unwrap();

    assert_eq!(provable, Provable::SignInAgain);
}
