//! Somebody asks to become a member.

use model::{
    instance::{Profile, Registrations},
    member::{Role, Standing},
};
use service::{
    Error,
    members::{self, SignUp},
};
use testkit::{AppBuilder, PASSWORD};

fn form() -> SignUp {
    SignUp {
        username: "alice".into(),
        email: "alice@mail.example".into(),
        password: PASSWORD.into(),
        agreement: true,
        locale: "en".into(),
        reason: "Friends are here.".into(),
        address: None,
    }
}

fn server(registrations: Registrations, confirms_mail: bool) -> AppBuilder {
    testkit::app().settings(|settings| {
        settings.registrations = registrations;
        settings.confirms_mail = confirms_mail;
    })
}

#[tokio::test]
async fn what_keeps_a_newcomer_out_follows_from_the_servers_settings() {
    for (registrations, confirms_mail, standing) in [
        (Registrations::Open, false, Standing::Good),
        (Registrations::Open, true, Standing::AwaitsConfirmation),
        (Registrations::Approval, false, Standing::AwaitsApproval),
        (Registrations::Approval, true, Standing::AwaitsApproval),
    ] {
        let app = server(registrations, confirms_mail).await;

        let member = members::sign_up(&app, form()).await.unwrap();

        assert_eq!(member.standing(), standing);
        assert_eq!(member.role, Role::Member);
    }
}

#[tokio::test]
async fn a_closed_server_takes_nobody() {
    let app = server(Registrations::Closed, false).await;

    let refused = members::sign_up(&app, form()).await;

    assert!(matches!(refused, Err(Error::Forbidden(_))));
    assert!(members::list(&app).await.unwrap().is_empty());
}

#[tokio::test]
async fn every_field_that_is_wrong_is_named() {
    let app = testkit::app().await;
    let empty = SignUp {
        username: String::new(),
        email: String::new(),
        password: String::new(),
        agreement: false,
        reason: "x".repeat(421),
        ..form()
    };

    let Err(Error::Invalid(errors)) = members::sign_up(&app, empty).await else {
        panic!("an empty form was taken")
    };

    let codes: Vec<_> = errors
        .iter()
        .map(|error| (error.field, error.code))
        .collect();
    assert_eq!(
        codes,
        [
            ("username", "ERR_BLANK"),
            ("email", "ERR_BLANK"),
            ("password", "ERR_BLANK"),
            ("agreement", "ERR_ACCEPTED"),
            ("reason", "ERR_TOO_LONG"),
        ]
    );
}

#[tokio::test]
async fn names_of_offices_are_for_nobody_outside_test_suites() {
    for (profile, is_taken) in [(Profile::Production, false), (Profile::Test, true)] {
        let app = testkit::app()
            .settings(|settings| settings.profile = profile)
            .await;
        let named = SignUp {
            username: "Moderator".into(),
            ..form()
        };

        let outcome = members::sign_up(&app, named).await;

        assert_eq!(outcome.is_ok(), is_taken, "{profile:?}");
    }
}

#[tokio::test]
async fn somebody_is_let_in_once_and_for_all() {
    let app = server(Registrations::Approval, false).await;
    let alice = members::sign_up(&app, form()).await.unwrap();

    members::approve(&app, alice.account.id).await.unwrap();
    let first = members::get(&app, alice.account.id)
        .await
        .unwrap()
        .approved_at;
    app.clock.advance(time::Duration::DAY);
    members::approve(&app, alice.account.id).await.unwrap();

    let member = members::get(&app, alice.account.id).await.unwrap();
    assert_eq!(member.standing(), Standing::Good);
    assert_eq!(member.approved_at, first);
}
