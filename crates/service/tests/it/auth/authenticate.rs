//! Who a bearer token belongs to.

use service::{Error, auth};
use testkit::TestApp;

/// Writes what a moderator, or time, would.
async fn member_is(app: &TestApp, sql: &'static str) {
    sqlx::query(sql).execute(&app.db).await.unwrap();
}

#[tokio::test]
async fn a_token_belongs_to_its_member_with_its_scopes() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let token = app.token_for(&alice, "read write:statuses").await;

    let principal = auth::authenticate(&app, token.as_ref())
        .await
        .unwrap()
        .unwrap();

    assert_eq!(principal.account_id, Some(alice.id));
    assert_eq!(principal.scopes.to_string(), "read write:statuses");
}

#[tokio::test]
async fn a_token_nobody_was_given_is_nobodys() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let token = app.token_for(&alice, "read").await;

    for guess in [
        "",
        "guess",
        &token.as_ref()[1..],
        &format!("{} ", token.as_ref()),
    ] {
        assert!(
            auth::authenticate(&app, guess).await.unwrap().is_none(),
            "{guess}"
        );
    }
}

#[tokio::test]
async fn a_token_of_a_member_who_may_not_use_the_server_is_forbidden() {
    for (sql, sentence) in [
        (
            "UPDATE members SET disabled_at = now()",
            "Your login is currently disabled",
        ),
        (
            "UPDATE accounts SET suspended_at = now(), suspension_origin = 'local'",
            "Your login is currently disabled",
        ),
        (
            "UPDATE members SET approved_at = NULL",
            "Your login is currently pending approval",
        ),
        (
            "UPDATE members SET confirmed_at = NULL",
            "Your login is missing a confirmed e-mail address",
        ),
    ] {
        let app = testkit::app().await;
        let alice = app.member("alice").await;
        let token = app.token_for(&alice, "read").await;
        member_is(&app, sql).await;

        let refused = auth::authenticate(&app, token.as_ref()).await;

        assert!(
            matches!(&refused, Err(Error::Forbidden(said)) if said == sentence),
            "{sql}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn an_app_may_act_on_its_own_behalf() {
    let app = testkit::app().await;
    let token = app.app_token("read").await;

    let principal = auth::authenticate(&app, token.as_ref())
        .await
        .unwrap()
        .unwrap();

    assert_eq!(principal.account_id, None);
    assert!(principal.application_id.is_some());
}

#[tokio::test]
async fn a_token_is_stored_as_a_hash_only() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let token = app.token_for(&alice, "read").await;

    let stored: String = sqlx::query_scalar("SELECT to_jsonb(t)::text FROM tokens t")
        .fetch_one(&app.db)
        .await
        .unwrap();

    // S43
    assert!(!stored.contains(token.as_ref()));
}
