//! Offices that demand a second factor.

use model::member::Office;
use service::{
    Error,
    second_factor::{self, Asked, CameBy},
};
use testkit::{Member, TestApp};

use super::world::{whole, with_app, with_passkey};

async fn app_where_the_board_needs_one() -> TestApp {
    testkit::app()
        .settings(|settings| settings.sign_in.second_factor_for = vec![Office::Board])
        .await
}

async fn becomes(app: &TestApp, member: &Member, office: &str) {
    sqlx::query("UPDATE members SET eligible_for = ARRAY[$2] WHERE account_id = $1")
        .bind(member.id.get())
        .bind(office)
        .execute(&app.db)
        .await
        .unwrap();
}

async fn asked(app: &TestApp, member: &Member, by: CameBy) -> Asked {
    let member = whole(app, member).await;
    second_factor::asked_of(app, &member, by).await.unwrap()
}

#[tokio::test]
async fn who_has_a_second_factor_is_asked_for_it_after_a_password_and_not_after_a_provider() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let before = asked(&app, &alice, CameBy::Password).await;

    with_app(&app, &alice).await;

    assert_eq!(before, Asked::Nothing);
    assert_eq!(asked(&app, &alice, CameBy::Password).await, Asked::Show);
    assert_eq!(asked(&app, &alice, CameBy::Provider).await, Asked::Nothing);
}

#[tokio::test]
async fn an_office_demands_one_however_somebody_came() {
    let app = app_where_the_board_needs_one().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    becomes(&app, &alice, "board").await;
    becomes(&app, &bob, "candidate").await;

    for by in [CameBy::Password, CameBy::Provider] {
        assert_eq!(asked(&app, &alice, by).await, Asked::SetUp);
        assert_eq!(asked(&app, &bob, by).await, Asked::Nothing);
    }
    let member = whole(&app, &alice).await;
    assert!(second_factor::must_set_up(&app, &member).await.unwrap());
    with_passkey(&app, &alice).await;
    for by in [CameBy::Password, CameBy::Provider] {
        assert_eq!(asked(&app, &alice, by).await, Asked::Show);
    }
    assert!(!second_factor::must_set_up(&app, &member).await.unwrap());
}

#[tokio::test]
async fn the_last_one_stays_while_an_office_demands_it() {
    let app = app_where_the_board_needs_one().await;
    let alice = app.member("alice").await;
    becomes(&app, &alice, "board").await;
    with_app(&app, &alice).await;
    with_passkey(&app, &alice).await;
    let member = whole(&app, &alice).await;
    let id = second_factor::passkeys(&app, alice.id).await.unwrap()[0].id;

    second_factor::remove_totp(&app, &member).await.unwrap();
    let last = second_factor::remove_passkey(&app, &member, id).await;

    assert!(matches!(last, Err(Error::Conflict(_))), "{last:?}");
    assert_eq!(
        second_factor::factors(&app, alice.id)
            .await
            .unwrap()
            .passkeys,
        1
    );
}
