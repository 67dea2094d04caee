//! Those whom moderators have shut out: where they still come, and where not.

use std::net::IpAddr;

use ::model::moderation::{
    Kind, Params, Target, params::IpSeverity, proposal::Origin, report::Category,
};
use axum::{Extension, middleware::from_fn_with_state};
use service::moderation::propose::NewProposal;
use testkit::{Council, code, http::Client};
use time::Duration;

use super::second_factor::with_app;
use crate::browser::{Browser, SESSION, location};

async fn carried(council: &Council, kind: Kind, params: Params, target: Target) {
    let new = NewProposal {
        params,
        ..NewProposal::new(
            kind,
            target,
            Category::Violation,
            "It breaks a rule",
            Origin::Web,
        )
    };
    let id = council.propose_all(new).await.proposal.id;
    council.approve(2, id).await;
}

#[tokio::test]
async fn who_is_suspended_or_frozen_signs_in_to_appeal_and_to_nothing_else() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").with_password().await;

    for (kind, undo) in [
        (Kind::AccountSuspend, Kind::AccountUnsuspend),
        (Kind::AccountFreeze, Kind::AccountUnfreeze),
    ] {
        carried(&council, kind, Params::default(), Target::Account(alice.id)).await;
        let mut browser = Browser::new(&app);
        let answer = browser.sign_in("alice").await.expect(303);

        assert_eq!(location(&answer), "/settings/decisions");
        assert!(!browser.cookies.contains_key(SESSION));
        assert!(
            browser
                .open("/settings/decisions")
                .await
                .expect(200)
                .text()
                .contains("appeal")
        );
        let page = browser.open("/auth/leaving").await.expect(200);
        assert!(page.text().contains("Take your data with you"));
        assert!(
            !page.text().contains("Delete the account"),
            "what was decided stays"
        );
        browser
            .open("/auth/leaving/export/follows.csv")
            .await
            .expect(200);
        assert_ne!(
            browser.open("/settings/security").await.status.as_u16(),
            200
        );
        carried(&council, undo, Params::default(), Target::Account(alice.id)).await;
    }
    let mut browser = Browser::new(&app);
    assert_eq!(location(&browser.sign_in("alice").await.expect(303)), "/");
}

#[tokio::test]
async fn they_show_their_second_factor_first_if_they_have_one() {
    let app = testkit::app().await;
    let council = app.council().await;
    let alice = app.member("alice").with_password().await;
    let (_, secret, _) = with_app(&app, "alice").await;
    carried(
        &council,
        Kind::AccountSuspend,
        Params::default(),
        Target::Account(alice.id),
    )
    .await;

    let mut browser = Browser::new(&app);
    assert_eq!(
        location(&browser.sign_in("alice").await.expect(303)),
        "/auth/second_factor"
    );
    assert_ne!(
        browser
            .open("/auth/leaving/export/follows.csv")
            .await
            .status
            .as_u16(),
        200
    );
    app.clock.advance(Duration::seconds(30));
    let code = code(&secret, app.clock.now());
    let answer = browser
        .fill(
            "/auth/second_factor",
            "/auth/second_factor",
            &[("code", &code)],
        )
        .await
        .expect(303);

    assert_eq!(location(&answer), "/settings/decisions");
    browser.open("/settings/decisions").await.expect(200);
}

#[tokio::test]
async fn an_address_without_access_is_answered_nothing() {
    let app = testkit::app().await;
    let council = app.council().await;
    let from = |text: &str| {
        let address: IpAddr = text.parse().unwrap();
        let router = web::router(app.to_app())
            .layer(from_fn_with_state(app.to_app(), web::door::stand))
            .layer(Extension(web::ClientAddress(address)));
        Client::new(router)
    };
    let rule = Params {
        ip_severity: Some(IpSeverity::NoAccess),
        expires_in: Some(3600),
        ..Params::default()
    };
    carried(
        &council,
        Kind::IpBlock,
        rule,
        Target::IpRange("192.0.2.0/24".into()),
    )
    .await;

    for path in ["/", "/api/v2/instance", "/auth/sign_in", "/moderation"] {
        assert_eq!(
            from("192.0.2.7").get(path).send().await.status.as_u16(),
            403,
            "{path}"
        );
        assert_ne!(
            from("192.0.3.7").get(path).send().await.status.as_u16(),
            403,
            "{path}"
        );
    }
    assert_ne!(
        from("192.0.2.7")
            .get("/health")
            .send()
            .await
            .status
            .as_u16(),
        403
    );
}

#[tokio::test]
async fn closed_sign_ups_are_closed_on_every_page() {
    let app = testkit::app().await;
    let council = app.council().await;
    let client = Client::new(web::router(app.to_app()));
    let is_open = async || {
        client.get("/api/v2/instance").send().await.json()["registrations"]["enabled"] == true
    };
    assert!(is_open().await);

    carried(
        &council,
        Kind::RegistrationsLock,
        Params::default(),
        Target::Server,
    )
    .await;

    assert!(!is_open().await);
    let page = client.get("/auth/sign_up").send().await.expect(200);
    assert!(!page.text().contains("name=\"password\""));
}
