//! Passkeys: challenges are answered once, in time, by the browser that was given them.

use service::{
    mail::SendMail,
    second_factor::{self, Added},
};
use testkit::Device;
use time::Duration;

use super::world::{ELSEWHERE, HERE, ORIGIN, whole, with_passkey};

#[tokio::test]
async fn a_passkey_shows_who_sits_there() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mut device = with_passkey(&app, &alice).await;

    let question = second_factor::ask_for_passkey_of(&app, alice.id, HERE)
        .await
        .unwrap()
        .unwrap();
    let answer = device.answer(&question, ORIGIN);
    let shown = second_factor::show_passkey(&app, alice.id, HERE, &answer)
        .await
        .unwrap();

    assert!(shown);
    let known = second_factor::passkeys(&app, alice.id).await.unwrap();
    assert_eq!(known[0].name, "My phone");
    assert_eq!(known[0].last_used_at, Some(app.clock.now()));
    assert_eq!(app.enqueued::<SendMail>().await.len(), 1);
}

#[tokio::test]
async fn a_challenge_is_answered_once_in_five_minutes_and_in_its_own_browser() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let mut device = with_passkey(&app, &alice).await;
    let shown = async |whose, tie, answer: &str| {
        second_factor::show_passkey(&app, whose, tie, answer)
            .await
            .unwrap()
    };
    let ask = async || {
        second_factor::ask_for_passkey_of(&app, alice.id, HERE)
            .await
            .unwrap()
            .unwrap()
    };

    let elsewhere = device.answer(&ask().await, ORIGIN);
    assert!(!shown(alice.id, ELSEWHERE, &elsewhere).await);
    let of_another = device.answer(&ask().await, ORIGIN);
    assert!(!shown(bob.id, HERE, &of_another).await);
    let late = device.answer(&ask().await, ORIGIN);
    app.clock.advance(Duration::minutes(5));
    assert!(!shown(alice.id, HERE, &late).await);
    let before = device.answer(&ask().await, ORIGIN);
    ask().await;
    assert!(!shown(alice.id, HERE, &before).await);
    let foreign = device.answer(&ask().await, "https://evil.example");
    assert!(!shown(alice.id, HERE, &foreign).await);
    for nonsense in ["", "{}", "null", "[", &"x".repeat(60_000)] {
        ask().await;
        assert!(!shown(alice.id, HERE, nonsense).await);
    }
    let right = device.answer(&ask().await, ORIGIN);
    assert!(shown(alice.id, HERE, &right).await);
    assert!(!shown(alice.id, HERE, &right).await);
}

#[tokio::test]
async fn a_device_that_does_not_check_its_owner_proves_nothing() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mut device = with_passkey(&app, &alice).await;
    device.verifies = false;

    let question = second_factor::ask_for_passkey_of(&app, alice.id, HERE)
        .await
        .unwrap()
        .unwrap();
    let answer = device.answer(&question, ORIGIN);
    let shown = second_factor::show_passkey(&app, alice.id, HERE, &answer)
        .await
        .unwrap();

    assert!(!shown);
}

#[tokio::test]
async fn a_copy_of_a_device_is_noticed_by_its_counter() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mut device = with_passkey(&app, &alice).await;
    for _ in 0..2 {
        let question = second_factor::ask_for_passkey_of(&app, alice.id, HERE)
            .await
            .unwrap()
            .unwrap();
        let answer = device.answer(&question, ORIGIN);
        assert!(
            second_factor::show_passkey(&app, alice.id, HERE, &answer)
                .await
                .unwrap()
        );
    }

    device.turn_back();
    let question = second_factor::ask_for_passkey_of(&app, alice.id, HERE)
        .await
        .unwrap()
        .unwrap();
    let answer = device.answer(&question, ORIGIN);
    let shown = second_factor::show_passkey(&app, alice.id, HERE, &answer)
        .await
        .unwrap();

    assert!(!shown);
}

#[tokio::test]
async fn a_passkey_alone_says_who_sits_there() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    app.member("bob").await;
    let mut device = with_passkey(&app, &alice).await;
    let recognised = async |tie, answer: &str| {
        let member = second_factor::recognise_by_passkey(&app, tie, answer)
            .await
            .unwrap();
        member.map(|member| member.account.id)
    };

    let question = second_factor::ask_for_passkey_to_sign_in(&app, HERE)
        .await
        .unwrap();
    let answer = device.answer(&question, ORIGIN);

    assert_eq!(recognised(ELSEWHERE, &answer).await, None);
    assert_eq!(recognised(HERE, &answer).await, Some(alice.id));
    assert_eq!(recognised(HERE, &answer).await, None);
    assert!(
        second_factor::is_passkey_enough_for(&app, alice.id)
            .await
            .unwrap()
    );
}

// S48: a person disabled in the directory kept other credentials.
#[tokio::test]
async fn a_passkey_alone_is_not_enough_for_whom_the_organisation_signs_in() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    sqlx::query(
        "INSERT INTO identities (source, subject, account_id, username, linked_at, seen_at)
              VALUES ('ldap', '1', $1, 'alice', now(), now())",
    )
    .bind(alice.id.get())
    .execute(&app.db)
    .await
    .unwrap();

    assert!(
        !second_factor::is_passkey_enough_for(&app, alice.id)
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn authenticators_know_a_member_by_a_random_name() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let name_of = async |member| {
        let question = second_factor::ask_for_new_passkey(&app, &whole(&app, member).await, HERE)
            .await
            .unwrap();
        let question: serde_json::Value = serde_json::from_str(&question).unwrap();
        assert_eq!(
            question["authenticatorSelection"]["residentKey"],
            "preferred"
        );
        assert_eq!(
            question["authenticatorSelection"]["userVerification"],
            "required"
        );
        assert_eq!(question["rp"]["id"], "moot.test");
        question["user"]["id"].as_str().unwrap().to_owned()
    };

    let hers = name_of(&alice).await;

    assert_eq!(name_of(&alice).await, hers);
    assert_ne!(name_of(&bob).await, hers);
    assert_eq!(hers.len(), 22);
}

#[tokio::test]
async fn a_passkey_is_one_members_and_is_added_once() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let member = whole(&app, &alice).await;
    let question = second_factor::ask_for_new_passkey(&app, &member, HERE)
        .await
        .unwrap();
    let (_, answer) = Device::create(&question, ORIGIN);

    let first = second_factor::add_passkey(&app, &member, HERE, " ", &answer)
        .await
        .unwrap();
    let second = second_factor::add_passkey(&app, &member, HERE, "", &answer)
        .await
        .unwrap();

    assert!(matches!(first, Added::Yes(Some(_))));
    assert!(matches!(second, Added::NotAccepted));
    assert_eq!(
        second_factor::passkeys(&app, alice.id).await.unwrap()[0].name,
        "Passkey"
    );
}

#[tokio::test]
async fn members_name_and_remove_their_own_passkeys_and_nobody_elses() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let mut device = with_passkey(&app, &alice).await;
    let id = second_factor::passkeys(&app, alice.id).await.unwrap()[0].id;
    let (her, him) = (whole(&app, &alice).await, whole(&app, &bob).await);

    assert!(
        second_factor::rename_passkey(&app, bob.id, id, "Mine")
            .await
            .is_err()
    );
    assert!(second_factor::remove_passkey(&app, &him, id).await.is_err());
    assert!(
        second_factor::rename_passkey(&app, alice.id, id, &"x".repeat(61))
            .await
            .is_err()
    );
    second_factor::rename_passkey(&app, alice.id, id, "Key ring")
        .await
        .unwrap();
    assert_eq!(
        second_factor::passkeys(&app, alice.id).await.unwrap()[0].name,
        "Key ring"
    );
    second_factor::remove_passkey(&app, &her, id).await.unwrap();

    let question = second_factor::ask_for_passkey_to_sign_in(&app, HERE)
        .await
        .unwrap();
    let answer = device.answer(&question, ORIGIN);
    let recognised = second_factor::recognise_by_passkey(&app, HERE, &answer)
        .await
        .unwrap();
    assert!(recognised.is_none());
    assert!(
        second_factor::ask_for_passkey_of(&app, alice.id, HERE)
            .await
            .unwrap()
            .is_none()
    );
}
