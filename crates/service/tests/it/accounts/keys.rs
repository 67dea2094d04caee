//! Private keys of our own actors.

use std::sync::Arc;

use service::{App, Error, accounts, keys::MasterKey};

#[tokio::test]
async fn a_private_key_opens_with_the_master_key_only() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let with_another_key = App {
        keys: Arc::new(MasterKey::from_bytes(&[8; 32])),
        ..app.to_app()
    };

    let opened = accounts::private_key(&app, alice.id).await;
    let closed = accounts::private_key(&with_another_key, alice.id).await;

    assert!(opened.is_ok());
    assert!(matches!(closed, Err(Error::Internal(_))));
}

#[tokio::test]
async fn a_sealed_key_copied_to_somebody_else_opens_no_more() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let eve = app.member("eve").await;
    sqlx::query(
        "UPDATE private_keys SET sealed = (SELECT sealed FROM private_keys WHERE account_id = $1)",
    )
    .bind(alice.id.get())
    .execute(&app.db)
    .await
    .unwrap();

    assert!(accounts::private_key(&app, alice.id).await.is_ok());
    assert!(accounts::private_key(&app, eve.id).await.is_err());
}

#[tokio::test]
async fn a_private_key_is_not_stored_in_the_open() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let opened = accounts::private_key(&app, alice.id).await.unwrap();

    let stored: Vec<u8> = sqlx::query_scalar("SELECT sealed FROM private_keys")
        .fetch_one(&app.db)
        .await
        .unwrap();

    // S43
    assert!(!stored.windows(32).any(|window| window == &opened[100..132]));
}

#[tokio::test]
async fn nobody_elses_private_key_is_known() {
    let app = testkit::app().await;
    let mia = app.remote("mia@mastodon.example").await;

    let missing = accounts::private_key(&app, mia.id).await;

    assert!(matches!(missing, Err(Error::NotFound)));
}
