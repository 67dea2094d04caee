//! Who may join, and from where.

use std::net::IpAddr;

use ::model::{
    instance::{Profile, Registrations},
    member::Standing,
    moderation::{
        Kind, Params, Target,
        params::{Comparison, IpSeverity},
    },
};
use service::{
    Error, door, members,
    members::SignUp,
    moderation::spelling::{self, normalised},
};
use testkit::TestApp;
use time::Duration;

use super::carried;

const FROM: &str = "192.0.2.7";

async fn joins(app: &TestApp, name: &str, email: &str) -> Result<Standing, Error> {
    let form = SignUp {
        username: name.into(),
        email: email.into(),
        password: "correct horse battery".into(),
        agreement: true,
        locale: "en".into(),
        reason: String::new(),
        address: Some(FROM.parse().unwrap()),
    };
    members::sign_up(app, form)
        .await
        .map(|member| member.standing())
}

fn ip(severity: IpSeverity) -> Params {
    Params {
        ip_severity: Some(severity),
        expires_in: Some(3600),
        ..Params::default()
    }
}

fn by_approval(lets_in: bool) -> Params {
    Params {
        allow_with_approval: Some(lets_in),
        comparison: Some(Comparison::Contains),
        ..Params::default()
    }
}

#[tokio::test]
async fn rules_about_addresses_and_names_hold_for_every_spelling() {
    let app = testkit::app().await;
    let council = app.council().await;
    let domain = normalised(Target::EmailDomain("Spam.Example".into())).unwrap();
    let email = Target::Email(spelling::email_hash("a.nna+x@mail.example").unwrap());
    let name = normalised(Target::Username("p4yp4l".into())).unwrap();
    carried(&council, Kind::EmailDomainBlock, by_approval(false), domain).await;
    carried(&council, Kind::EmailBlock, Params::default(), email).await;
    carried(&council, Kind::UsernameBlock, by_approval(false), name).await;

    for (name, email) in [
        ("one", "x@spam.example"),
        ("two", "x@deep.spam.example"),
        ("three", "an.na@MAIL.example"),
        ("four", "anna+other@mail.example"),
        ("PayPal", "x@mail.example"),
        ("the_p_a_y_p_a_1_team", "x@mail.example"),
    ] {
        let refused = joins(&app, name, email).await;
        assert!(
            matches!(refused, Err(Error::Invalid(_))),
            "{name} {email}: {refused:?}"
        );
    }
    assert_eq!(
        joins(&app, "otto", "otto@mail.example").await.unwrap(),
        Standing::Good
    );
}

#[tokio::test]
async fn a_rule_may_ask_for_approval_only() {
    let app = testkit::app().await;
    let council = app.council().await;
    carried(
        &council,
        Kind::EmailDomainBlock,
        by_approval(true),
        Target::EmailDomain("new.example".into()),
    )
    .await;

    let standing = joins(&app, "otto", "otto@new.example").await.unwrap();

    assert_eq!(standing, Standing::AwaitsApproval);
}

#[tokio::test]
async fn a_rule_about_a_range_of_addresses_ends_by_itself() {
    let app = testkit::app().await;
    let council = app.council().await;
    let range = Target::IpRange("192.0.2.0/24".into());

    carried(
        &council,
        Kind::IpBlock,
        ip(IpSeverity::SignUpRequiresApproval),
        range.clone(),
    )
    .await;
    assert_eq!(
        joins(&app, "one", "one@mail.example").await.unwrap(),
        Standing::AwaitsApproval
    );
    carried(
        &council,
        Kind::IpChange,
        ip(IpSeverity::SignUpBlock),
        range.clone(),
    )
    .await;
    assert!(matches!(
        joins(&app, "two", "two@mail.example").await,
        Err(Error::Forbidden(_))
    ));

    app.clock.advance(Duration::hours(2));
    assert_eq!(
        joins(&app, "two", "two@mail.example").await.unwrap(),
        Standing::Good
    );
    // One that has ended is no rule: there can be a new one.
    carried(
        &council,
        Kind::IpBlock,
        ip(IpSeverity::NoAccess),
        range.clone(),
    )
    .await;
    assert!(matches!(
        joins(&app, "six", "six@mail.example").await,
        Err(Error::Forbidden(_))
    ));
}

#[tokio::test]
async fn an_address_that_is_shut_out_is_so_at_once_however_it_is_written() {
    let app = testkit::app().await;
    let council = app.council().await;
    let from = |text: &str| text.parse::<IpAddr>().unwrap();
    assert!(!door::is_shut_out(&app, from(FROM)).await.unwrap());

    let range = Target::IpRange("192.0.2.0/24".into());
    carried(
        &council,
        Kind::IpBlock,
        ip(IpSeverity::NoAccess),
        range.clone(),
    )
    .await;

    assert!(door::is_shut_out(&app, from(FROM)).await.unwrap());
    assert!(
        door::is_shut_out(&app, from("::ffff:192.0.2.9"))
            .await
            .unwrap()
    );
    assert!(!door::is_shut_out(&app, from("192.0.3.1")).await.unwrap());
    app.clock.advance(Duration::hours(2));
    assert!(!door::is_shut_out(&app, from(FROM)).await.unwrap());
}

#[tokio::test]
async fn moderators_close_sign_ups_and_open_them_again() {
    let app = testkit::app().await;
    let council = app.council().await;

    carried(
        &council,
        Kind::RegistrationsLock,
        Params::default(),
        Target::Server,
    )
    .await;
    assert!(matches!(
        joins(&app, "one", "one@mail.example").await,
        Err(Error::Forbidden(_))
    ));
    carried(
        &council,
        Kind::RegistrationsUnlock,
        Params::default(),
        Target::Server,
    )
    .await;

    assert_eq!(
        joins(&app, "one", "one@mail.example").await.unwrap(),
        Standing::Good
    );
}

// R24: spam waves came from open servers that nobody watched over.
#[tokio::test]
async fn open_sign_ups_close_when_no_moderator_was_seen_for_a_week() {
    let app = testkit::app().await;
    let council = app.council().await;
    sqlx::query(
        "INSERT INTO server_identity (profile, local_domain, web_domain, sealed_proof, created_at)
              VALUES ('production', 'moot.test', 'moot.test', '', $1)
         ON CONFLICT DO NOTHING",
    )
    .bind(app.clock.now())
    .execute(&app.db)
    .await
    .unwrap();
    let mut on_air = app.to_app();
    let mut settings = service::Settings::clone(&on_air.settings);
    settings.profile = Profile::Production;
    on_air.settings = settings.into();

    assert_eq!(
        door::registrations(&on_air).await.unwrap(),
        Registrations::Open
    );
    app.clock.advance(Duration::days(8));
    assert_eq!(
        door::registrations(&on_air).await.unwrap(),
        Registrations::Closed
    );
    members::seen(&app, council.moderators[1].id).await.unwrap();

    assert_eq!(
        door::registrations(&on_air).await.unwrap(),
        Registrations::Open
    );
}
