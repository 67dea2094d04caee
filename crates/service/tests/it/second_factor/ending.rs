//! What ends with everything else, and what an operator takes away (S40).

use service::{
    auth,
    mail::{Occasion, SendMail},
    members,
    second_factor::{self, Added, Confirmed, Verdict},
};
use testkit::{Device, PASSWORD, code};

use super::world::{HERE, ORIGIN, whole, with_app, with_passkey};

// S40: half-done second factors stayed valid.
#[tokio::test]
async fn what_is_half_done_dies_with_everything_else() {
    let app = testkit::app().await;
    let alice = app.member("alice").with_password().await;
    let member = whole(&app, &alice).await;
    let mut device = with_passkey(&app, &alice).await;
    let secret = second_factor::begin_totp(&app, &member)
        .await
        .unwrap()
        .secret;
    let add = second_factor::ask_for_new_passkey(&app, &member, HERE)
        .await
        .unwrap();
    let show = second_factor::ask_for_passkey_of(&app, alice.id, HERE)
        .await
        .unwrap()
        .unwrap();

    members::set_password(&app, alice.id, "another password")
        .await
        .unwrap();

    let (_, answer) = Device::create(&add, ORIGIN);
    let added = second_factor::add_passkey(&app, &member, HERE, "", &answer)
        .await
        .unwrap();
    let answer = device.answer(&show, ORIGIN);
    let shown = second_factor::show_passkey(&app, alice.id, HERE, &answer)
        .await
        .unwrap();
    let first = code(&secret, app.clock.now());
    let confirmed = second_factor::confirm_totp(&app, &member, &first)
        .await
        .unwrap();
    assert!(matches!(added, Added::NotAccepted));
    assert!(!shown);
    assert!(matches!(confirmed, Confirmed::TooLate));
}

#[tokio::test]
async fn an_operators_reset_takes_everything_away_and_the_member_is_written_to() {
    let app = testkit::app().await;
    let alice = app.member("alice").with_password().await;
    let (_, codes) = with_app(&app, &alice).await;
    with_passkey(&app, &alice).await;
    let (_, cookie) = auth::start_session(&app, alice.id, testkit::place("Firefox"))
        .await
        .unwrap();
    app.forget_jobs().await;

    second_factor::reset(&app, alice.id).await.unwrap();

    let factors = second_factor::factors(&app, alice.id).await.unwrap();
    assert!(!factors.any());
    let code = second_factor::check_code(&app, alice.id, &codes.reveal()[0])
        .await
        .unwrap();
    assert_eq!(code, Verdict::Wrong);
    assert!(
        auth::find_session(&app, cookie.reveal())
            .await
            .unwrap()
            .is_none()
    );
    let letters = app.enqueued::<SendMail>().await;
    assert!(matches!(
        letters[0].occasion,
        Occasion::SecondFactorChanged { .. }
    ));
}

#[tokio::test]
async fn a_member_changes_the_password_with_the_old_one_and_everything_ends() {
    let app = testkit::app().await;
    let alice = app.member("alice").with_password().await;
    let (_, cookie) = auth::start_session(&app, alice.id, testkit::place("Firefox"))
        .await
        .unwrap();
    app.forget_jobs().await;

    let wrong = members::change_password(&app, alice.id, "wrong", "a new password")
        .await
        .unwrap();
    let short = members::change_password(&app, alice.id, PASSWORD, "short").await;
    let kept = auth::find_session(&app, cookie.reveal())
        .await
        .unwrap()
        .is_some();
    let right = members::change_password(&app, alice.id, PASSWORD, "a new password")
        .await
        .unwrap();

    assert_eq!(wrong, Verdict::Wrong);
    assert!(short.is_err());
    assert!(kept);
    assert_eq!(right, Verdict::Right);
    assert!(
        auth::find_session(&app, cookie.reveal())
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(
        app.enqueued::<SendMail>().await[0].occasion,
        Occasion::PasswordChanged
    );
}

#[tokio::test]
async fn members_end_their_own_sessions_and_revoke_their_own_apps() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let (this, _) = auth::start_session(&app, alice.id, testkit::place("Firefox"))
        .await
        .unwrap();
    let (other, _) = auth::start_session(&app, alice.id, testkit::place("Chrome"))
        .await
        .unwrap();
    let (his, _) = auth::start_session(&app, bob.id, testkit::place("Safari"))
        .await
        .unwrap();
    let hers = app.token_for(&alice, "read").await;
    let bobs = app.token_for(&bob, "read").await;

    assert!(auth::end_session_of(&app, alice.id, his.id).await.is_err());
    auth::end_session_of(&app, alice.id, other.id)
        .await
        .unwrap();
    auth::start_session(&app, alice.id, testkit::place("Edge"))
        .await
        .unwrap();
    auth::end_other_sessions(&app, &this).await.unwrap();
    let apps = auth::authorised_apps(&app, alice.id).await.unwrap();
    auth::revoke_app(&app, alice.id, apps[0].application_id)
        .await
        .unwrap();

    let left: Vec<_> = auth::sessions(&app, alice.id)
        .await
        .unwrap()
        .iter()
        .map(|session| session.id)
        .collect();
    assert_eq!(left, [this.id]);
    assert_eq!(auth::sessions(&app, bob.id).await.unwrap().len(), 1);
    assert_eq!(apps.len(), 1);
    assert!(
        auth::authenticate(&app, hers.as_ref())
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        auth::authenticate(&app, bobs.as_ref())
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        auth::authorised_apps(&app, alice.id)
            .await
            .unwrap()
            .is_empty()
    );
}
