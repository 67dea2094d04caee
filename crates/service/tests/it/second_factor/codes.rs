//! Codes of apps, and recovery codes (S42).

use std::sync::Arc;

use service::{
    App, Error,
    keys::MasterKey,
    mail::{Occasion, SendMail},
    second_factor::{self, Confirmed, Verdict},
};
use testkit::code;
use time::Duration;

use super::world::{whole, with_app};

#[tokio::test]
async fn an_app_counts_from_its_first_code_on() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let member = whole(&app, &alice).await;
    let setup = second_factor::begin_totp(&app, &member).await.unwrap();

    let before = second_factor::factors(&app, alice.id).await.unwrap();
    let wrong = second_factor::confirm_totp(&app, &member, "000000")
        .await
        .unwrap();
    let first = code(&setup.secret, app.clock.now());
    let right = second_factor::confirm_totp(&app, &member, &first)
        .await
        .unwrap();
    let after = second_factor::factors(&app, alice.id).await.unwrap();

    assert!(!before.any());
    assert!(matches!(wrong, Confirmed::WrongCode));
    assert!(matches!(right, Confirmed::Yes(Some(_))));
    assert!(after.any());
    assert_eq!(after.recovery_codes, 10);
    assert!(
        setup
            .url
            .starts_with("otpauth://totp/moot.test:alice%40moot.test?secret="),
        "{}",
        setup.url
    );
    assert!(!format!("{setup:?}").contains(&setup.secret));
}

#[tokio::test]
async fn a_secret_is_the_same_when_the_page_is_loaded_again_and_another_after_an_hour() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let member = whole(&app, &alice).await;

    let first = second_factor::begin_totp(&app, &member)
        .await
        .unwrap()
        .secret;
    let again = second_factor::begin_totp(&app, &member)
        .await
        .unwrap()
        .secret;
    app.clock.advance(Duration::hours(1));
    let late = code(&first, app.clock.now());
    let late = second_factor::confirm_totp(&app, &member, &late)
        .await
        .unwrap();
    let other = second_factor::begin_totp(&app, &member)
        .await
        .unwrap()
        .secret;

    assert_eq!(first, again);
    assert!(matches!(late, Confirmed::TooLate));
    assert_ne!(first, other);
}

// S42: codes could be used twice.
#[tokio::test]
async fn a_code_is_taken_once_also_right_after_it_set_the_app_up() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (secret, _) = with_app(&app, &alice).await;
    let of_setup = code(&secret, app.clock.now());

    let again = second_factor::check_code(&app, alice.id, &of_setup)
        .await
        .unwrap();
    app.clock.advance(Duration::seconds(30));
    let next = code(&secret, app.clock.now());
    let first = second_factor::check_code(&app, alice.id, &next)
        .await
        .unwrap();
    let second = second_factor::check_code(&app, alice.id, &next)
        .await
        .unwrap();

    assert_eq!(again, Verdict::Wrong);
    assert_eq!(first, Verdict::Right);
    assert_eq!(second, Verdict::Wrong);
}

#[tokio::test]
async fn of_two_requests_with_one_code_one_comes_in() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (secret, _) = with_app(&app, &alice).await;
    app.clock.advance(Duration::seconds(30));
    let next = code(&secret, app.clock.now());

    let (one, other) = tokio::join!(
        second_factor::check_code(&app, alice.id, &next),
        second_factor::check_code(&app, alice.id, &next),
    );

    let verdicts = [one.unwrap(), other.unwrap()];
    let right = verdicts
        .iter()
        .filter(|verdict| **verdict == Verdict::Right)
        .count();
    assert_eq!(right, 1, "{verdicts:?}");
}

#[tokio::test]
async fn clocks_may_be_half_a_minute_apart_and_no_more() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (secret, _) = with_app(&app, &alice).await;
    app.clock.advance(Duration::minutes(5));
    let now = app.clock.now();

    let mut verdicts = Vec::new();
    for seconds in [-60, -30, 0, 30, 60] {
        let typed = code(&secret, now + Duration::seconds(seconds));
        verdicts.push(
            second_factor::check_code(&app, alice.id, &typed)
                .await
                .unwrap(),
        );
    }

    let (right, wrong) = (Verdict::Right, Verdict::Wrong);
    assert_eq!(verdicts, [wrong, right, right, right, wrong]);
}

// S42.
#[tokio::test]
async fn a_recovery_code_is_good_once_and_its_owner_is_written_to() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (_, codes) = with_app(&app, &alice).await;
    let typed = codes.reveal()[3].to_uppercase().replace('-', " ");
    app.forget_jobs().await;

    let first = second_factor::check_code(&app, alice.id, &typed)
        .await
        .unwrap();
    let second = second_factor::check_code(&app, alice.id, &codes.reveal()[3])
        .await
        .unwrap();
    let another = second_factor::check_code(&app, alice.id, &codes.reveal()[4])
        .await
        .unwrap();

    assert_eq!(first, Verdict::Right);
    assert_eq!(second, Verdict::Wrong);
    assert_eq!(another, Verdict::Right);
    let letters = app.enqueued::<SendMail>().await;
    let told = Occasion::SecondFactorChanged {
        what: "A recovery code was used; 9 are left.".into(),
    };
    assert_eq!(letters[0].occasion, told);
}

#[tokio::test]
async fn new_recovery_codes_replace_the_old_ones() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (_, old) = with_app(&app, &alice).await;
    let member = whole(&app, &alice).await;

    let new = second_factor::renew_recovery_codes(&app, &member)
        .await
        .unwrap();

    let of_old = second_factor::check_code(&app, alice.id, &old.reveal()[0])
        .await
        .unwrap();
    let of_new = second_factor::check_code(&app, alice.id, &new.reveal()[0])
        .await
        .unwrap();
    assert_eq!(of_old, Verdict::Wrong);
    assert_eq!(of_new, Verdict::Right);
}

// S42: the count is the member's, so it does not matter from where, and over which way, the next one comes.
#[tokio::test]
async fn the_eleventh_try_within_an_hour_is_not_looked_at_even_if_it_is_right() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let (secret, codes) = with_app(&app, &alice).await;
    let (_, of_bob) = with_app(&app, &bob).await;
    app.clock.advance(Duration::minutes(1));
    for _ in 0..10 {
        let verdict = second_factor::check_code(&app, alice.id, "000000")
            .await
            .unwrap();
        assert_eq!(verdict, Verdict::Wrong);
    }

    let right = code(&secret, app.clock.now());
    let eleventh = second_factor::check_code(&app, alice.id, &right)
        .await
        .unwrap();
    let recovery = second_factor::check_code(&app, alice.id, &codes.reveal()[0])
        .await
        .unwrap();
    let bobs = second_factor::check_code(&app, bob.id, &of_bob.reveal()[0])
        .await
        .unwrap();
    app.clock.advance(Duration::minutes(61));
    let later = code(&secret, app.clock.now());
    let later = second_factor::check_code(&app, alice.id, &later)
        .await
        .unwrap();

    assert!(
        matches!(
            eleventh,
            Verdict::TooMany {
                seconds: 3500..=3601
            }
        ),
        "{eleventh:?}"
    );
    assert!(matches!(recovery, Verdict::TooMany { .. }));
    assert_eq!(bobs, Verdict::Right);
    assert_eq!(later, Verdict::Right);
}

#[tokio::test]
async fn tries_at_the_same_time_are_all_counted() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    with_app(&app, &alice).await;

    let tries = (0..30).map(|_| second_factor::check_code(&app, alice.id, "000000"));
    let verdicts = futures_util::future::join_all(tries).await;

    let looked_at = verdicts
        .into_iter()
        .filter(|verdict| matches!(verdict, Ok(Verdict::Wrong)))
        .count();
    assert_eq!(looked_at, 10);
}

#[tokio::test]
async fn a_proof_that_is_right_begins_the_count_anew() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (_, codes) = with_app(&app, &alice).await;

    for round in 0..3 {
        for _ in 0..9 {
            let wrong = second_factor::check_code(&app, alice.id, "000000")
                .await
                .unwrap();
            assert_eq!(wrong, Verdict::Wrong);
        }
        let right = second_factor::check_code(&app, alice.id, &codes.reveal()[round])
            .await
            .unwrap();
        assert_eq!(right, Verdict::Right);
    }
}

#[tokio::test]
async fn nonsense_is_wrong_and_nothing_worse() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    with_app(&app, &alice).await;

    for nonsense in [
        "",
        "      ",
        "12345",
        "1234567",
        "+12345",
        "１２３４５６",
        "a\u{2028}b",
        &"9".repeat(60_000),
    ] {
        let verdict = second_factor::check_code(&app, alice.id, nonsense)
            .await
            .unwrap();
        assert_eq!(verdict, Verdict::Wrong, "{}", nonsense.len());
    }
}

// R17: second factors were broken for everybody when keys changed.
#[tokio::test]
async fn a_secret_sealed_under_another_master_key_is_a_clear_error_and_stays_as_it_is() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (secret, _) = with_app(&app, &alice).await;
    let member = whole(&app, &alice).await;
    second_factor::begin_totp(&app, &member).await.unwrap();
    app.clock.advance(Duration::seconds(60));
    let right = code(&secret, app.clock.now());
    let other = App {
        keys: Arc::new(MasterKey::from_bytes(&[9; 32])),
        ..app.to_app()
    };

    let checked = second_factor::check_code(&other, alice.id, &right).await;
    let begun = second_factor::begin_totp(&other, &member).await;
    let confirmed = second_factor::confirm_totp(&other, &member, &right).await;

    let Err(Error::Internal(cause)) = checked else {
        panic!("{checked:?}");
    };
    let told = format!("{cause:#}");
    assert!(told.contains("another MOOT_MASTER_KEY"), "{told}");
    assert!(told.contains("moot accounts second-factor reset"), "{told}");
    assert!(matches!(begun, Err(Error::Internal(_))));
    assert!(matches!(confirmed, Err(Error::Internal(_))));
    let with_the_old_key = second_factor::check_code(&app, alice.id, &right)
        .await
        .unwrap();
    assert_eq!(with_the_old_key, Verdict::Right);
}

#[tokio::test]
async fn recovery_codes_go_with_the_last_thing_that_they_stand_in_for() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (_, codes) = with_app(&app, &alice).await;
    let member = whole(&app, &alice).await;

    second_factor::remove_totp(&app, &member).await.unwrap();

    let factors = second_factor::factors(&app, alice.id).await.unwrap();
    assert!(!factors.any());
    assert_eq!(factors.recovery_codes, 0);
    let code = second_factor::check_code(&app, alice.id, &codes.reveal()[0])
        .await
        .unwrap();
    assert_eq!(code, Verdict::Wrong);
    assert!(second_factor::remove_totp(&app, &member).await.is_err());
}
