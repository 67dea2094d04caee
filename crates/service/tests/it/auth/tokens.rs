//! Tokens from the command line.

use model::instance::Profile;
use service::{Error, auth};

#[tokio::test]
async fn only_test_suites_choose_a_tokens_secret() {
    let app = testkit::app()
        .settings(|settings| settings.profile = Profile::Production)
        .await;
    let alice = app.member("alice").await;
    let scopes = "read".parse().unwrap();

    let refused = auth::grant_member_token(&app, alice.id, None, scopes, Some("secret")).await;

    assert!(matches!(refused, Err(Error::Forbidden(_))));
    assert!(auth::authenticate(&app, "secret").await.unwrap().is_none());
}

#[tokio::test]
async fn only_test_suites_get_administrative_scopes_without_an_app() {
    let production = testkit::app()
        .settings(|settings| settings.profile = Profile::Production)
        .await;
    let test = testkit::app().await;

    for (app, is_given) in [(&production, false), (&test, true)] {
        let alice = app.member("alice").await;
        let scopes = "read admin:read".parse().unwrap();

        let given = auth::grant_member_token(app, alice.id, None, scopes, None).await;

        assert_eq!(given.is_ok(), is_given, "{given:?}");
    }
}

#[tokio::test]
async fn a_chosen_secret_is_the_tokens() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let scopes = "read".parse().unwrap();

    auth::grant_member_token(&app, alice.id, None, scopes, Some("secret"))
        .await
        .unwrap();

    let principal = auth::authenticate(&app, "secret").await.unwrap().unwrap();
    assert_eq!(principal.account_id, Some(alice.id));
}
