//! Accounts that a first sign-in takes over, where the operator allows it (S47).

use service::{
    auth,
    settings::Claim,
    sign_in::{self, Entry},
};
use signin::Identity;
use testkit::TestApp;

use super::{comes_in, person};

async fn claiming(claim: Claim) -> TestApp {
    testkit::app()
        .settings(|settings| settings.sign_in.claim = claim)
        .await
}

async fn is_taken(app: &TestApp, identity: Identity) -> bool {
    let entry = sign_in::with_identity(app, identity).await.unwrap();
    matches!(entry, Entry::Taken(_))
}

#[tokio::test]
async fn by_name_an_account_without_a_password_is_claimed_and_no_other() {
    let app = claiming(Claim::ByName).await;
    let imported = app.member("alice").await;
    app.member("bob").with_password().await;

    let alice = comes_in(&app, &person("id-1", "ALICE")).await;

    assert_eq!(alice.account.id, imported.id);
    assert!(is_taken(&app, person("id-2", "bob")).await);
    // Claimed once, it is nobody else's.
    let entry = sign_in::with_identity(&app, person("id-3", "alice"))
        .await
        .unwrap();
    assert!(matches!(entry, Entry::Refused(_)), "{entry:?}");
}

#[tokio::test]
async fn by_mail_a_confirmed_address_that_is_vouched_for_claims() {
    let app = claiming(Claim::ByMail).await;
    let carol = app.member("carol").with_password().await;
    let bearer = app.token_for(&carol, "read").await;
    app.member("dave").with_password().unconfirmed().await;
    let at = |subject: &str, name: &str, mail: &str| Identity {
        email: Some(mail.into()),
        ..person(subject, name)
    };

    let unverified = Identity {
        email_is_verified: false,
        ..at("id-1", "c.arol", "carol@mail.example")
    };
    let other = comes_in(&app, &unverified).await;
    assert_ne!(other.account.id, carol.id);
    let claimed = comes_in(&app, &at("id-2", "ccc", "Carol@mail.example")).await;
    assert_eq!(claimed.account.id, carol.id);
    // Whoever held it until now may have been somebody else.
    let old = auth::authenticate(&app, bearer.as_ref()).await.unwrap();
    assert!(old.is_none());
    // From then on the old password opens nothing (S48).
    let entry = sign_in::with_password(&app, "carol", testkit::PASSWORD)
        .await
        .unwrap();
    assert!(matches!(entry, Entry::Wrong), "{entry:?}");
    assert!(is_taken(&app, at("id-3", "dave", "dave@mail.example")).await);
    // It is claimed once only.
    let late = comes_in(&app, &at("id-4", "late", "carol@mail.example")).await;
    assert_ne!(late.account.id, carol.id);
}

#[tokio::test]
async fn what_is_allowed_to_the_directory_is_not_allowed_to_providers() {
    let app = claiming(Claim::ByMail).await;
    let erin = app.member("erin").with_password().await;
    let at_provider = Identity {
        source: "https://id.example".into(),
        email: Some("erin@mail.example".into()),
        ..person("sub", "erin")
    };

    assert!(is_taken(&app, at_provider.clone()).await);

    let reattaching = testkit::app()
        .settings(|settings| settings.sign_in.provider_claim = Claim::ByMail)
        .await;
    let erin_there = reattaching.member("erin").with_password().await;
    assert_eq!(
        comes_in(&reattaching, &at_provider).await.account.id,
        erin_there.id
    );
    assert!(sign_in::links::of(&app, erin.id).await.unwrap().is_empty());
}

#[tokio::test]
async fn nothing_is_claimed_unless_the_operator_says_so() {
    let app = testkit::app().await;
    app.member("alice").await;

    assert!(is_taken(&app, person("id-1", "alice")).await);
}
