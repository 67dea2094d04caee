//! What the tests of this folder ask again and again.

use model::{AccountId, relationship::Relationship};
use service::relationships;
use testkit::{Somebody, TestApp};

/// What one is to the other.
pub(crate) async fn bond(
    app: &TestApp,
    one: &impl Somebody,
    other: &impl Somebody,
) -> Relationship {
    relationships::of(app, one.id(), &[other.id()])
        .await
        .unwrap()
        .pop()
        .unwrap()
}

/// How many follow somebody, and how many they follow.
pub(crate) async fn counts(app: &TestApp, of: &impl Somebody) -> (i64, i64) {
    let account = service::accounts::get(app, of.id()).await.unwrap();
    (account.followers_count, account.following_count)
}

/// A member blocks somebody. (No operation does so yet.)
pub(crate) async fn blocks(app: &TestApp, blocker: &impl Somebody, blocked: AccountId) {
    sqlx::query(
        "INSERT INTO blocks (id, blocker_id, blocked_id, uri, created_at)
         VALUES (snowflake(now()), $1, $2, 'https://moot.test/block', now())",
    )
    .bind(blocker.id().get())
    .bind(blocked.get())
    .execute(&app.db)
    .await
    .unwrap();
}

/// Somebody has moved to another account.
pub(crate) async fn moved(app: &TestApp, from: &impl Somebody, to: AccountId) {
    sqlx::query("UPDATE accounts SET moved_to_id = $2 WHERE id = $1")
        .bind(from.id().get())
        .bind(to.get())
        .execute(&app.db)
        .await
        .unwrap();
}
