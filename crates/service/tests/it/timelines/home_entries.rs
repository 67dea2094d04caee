//! A home entry is a hint: no foreign key takes it away, so what does is tested here.

use jobs::Job as _;
use model::{AccountId, StatusId};
use service::{accounts, retention::Sweep, statuses, work};
use sqlx::PgPool;
use testkit::TestApp;

use crate::world::{SHARED, home, post};

/// What is written down for a member, whether it leads anywhere or not.
async fn entries(db: &PgPool, member: AccountId) -> Vec<StatusId> {
    let ids: Vec<i64> = sqlx::query_scalar(
        "SELECT status_id FROM home_entries WHERE account_id = $1 ORDER BY status_id DESC",
    )
    .bind(member.get())
    .fetch_all(db)
    .await
    .unwrap();
    ids.into_iter().map(StatusId::new).collect()
}

async fn sweep(app: &TestApp) {
    let mut connection = app.db.acquire().await.unwrap();
    jobs::enqueue(&mut connection, &Sweep {}).await.unwrap();
    drop(connection);
    let done = work::register(app.worker(()), app)
        .run_until_idle()
        .await
        .unwrap();
    assert_eq!(
        (done.succeeded, done.retried, done.died),
        (1, 0, 0),
        "{}",
        Sweep::KIND
    );
}

#[tokio::test]
async fn a_deleted_post_leaves_every_home_with_its_boosts() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let carol = app.member("carol").await;
    bob.follows(&alice).await;
    carol.follows(&bob).await;
    let hello = alice.posts("hello").await.status.id;
    statuses::boost(&app, bob.id, hello, None).await.unwrap();
    let stays = bob.posts("stays").await.status.id;

    statuses::delete(&app, alice.id, hello).await.unwrap();

    assert!(entries(&app.db, alice.id).await.is_empty());
    assert_eq!(entries(&app.db, bob.id).await, [stays]);
    assert_eq!(entries(&app.db, carol.id).await, [stays]);
}

#[tokio::test]
async fn an_account_that_is_removed_takes_its_entries_along() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    alice.follows(&mia).await;
    statuses::receive(&app, post(&mia, "one"), SHARED)
        .await
        .unwrap();
    let before = entries(&app.db, alice.id).await;

    accounts::receive_deletion(&app, mia.id).await.unwrap();

    assert_eq!(before.len(), 1);
    assert!(entries(&app.db, alice.id).await.is_empty());
}

#[tokio::test]
async fn the_sweep_cuts_homes_back_to_eight_hundred_entries() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let newest = alice.posts("newest").await.status.id;
    sqlx::query(
        "INSERT INTO home_entries SELECT $1, n, n, $1 FROM generate_series(1, 1000) n
          UNION ALL SELECT $2, n, n, $1 FROM generate_series(1, 800) n",
    )
    .bind(alice.id.get())
    .bind(bob.id.get())
    .execute(&app.db)
    .await
    .unwrap();

    sweep(&app).await;

    let kept = entries(&app.db, alice.id).await;
    assert_eq!((kept.len(), kept[0]), (800, newest));
    assert_eq!(kept[799], StatusId::new(202), "the oldest left");
    assert_eq!(entries(&app.db, bob.id).await.len(), 800);
}

#[tokio::test]
async fn the_sweep_removes_the_home_of_somebody_who_is_gone() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let hello = alice.posts("hello").await.status.id;
    let nobody = AccountId::new(7);
    sqlx::query("INSERT INTO home_entries VALUES ($1, $2, $2, $3)")
        .bind(nobody.get())
        .bind(hello.get())
        .bind(alice.id.get())
        .execute(&app.db)
        .await
        .unwrap();

    sweep(&app).await;

    assert!(entries(&app.db, nobody).await.is_empty());
    assert_eq!(entries(&app.db, alice.id).await, [hello]);
}

#[tokio::test]
async fn an_entry_that_leads_nowhere_shows_nothing() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let hello = alice.posts("hello").await.status.id;
    sqlx::query("INSERT INTO home_entries VALUES ($1, 12345, 12345, $1)")
        .bind(alice.id.get())
        .execute(&app.db)
        .await
        .unwrap();

    assert_eq!(home(&app, alice.id).await, [hello]);
}
