//! What an enqueue promises to the transaction it is part of.

use jobs::{enqueue, enqueue_many};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sqlx::Connection;
use sqlx::postgres::PgListener;

use crate::world::{Say, World, say, soon};

#[tokio::test]
async fn a_rolled_back_enqueue_leaves_nothing() {
    let world = World::new().await;
    let mut connection = world.connection().await;

    let mut transaction = connection.begin().await.unwrap();
    enqueue(&mut transaction, &say("never")).await.unwrap();
    transaction.rollback().await.unwrap();

    assert_eq!(world.unfinished().await, 0);
}

#[tokio::test]
async fn the_same_key_is_queued_once() {
    let world = World::new().await;
    let mut connection = world.connection().await;

    let first = enqueue(&mut connection, &say("one").with_key("k"))
        .await
        .unwrap();
    let second = enqueue(&mut connection, &say("two").with_key("k"))
        .await
        .unwrap();
    let other = enqueue(&mut connection, &say("three").with_key("l"))
        .await
        .unwrap();

    assert!(first.is_some());
    assert_eq!(second, None);
    assert!(other.is_some());
}

#[tokio::test]
async fn a_key_is_free_again_when_its_job_is_done() {
    let world = World::new().await;
    world.enqueue(&say("one").with_key("k")).await;
    world.worker().run_until_idle().await.unwrap();

    world.enqueue(&say("two").with_key("k")).await;
    world.worker().run_until_idle().await.unwrap();

    assert_eq!(world.diary.read(), ["one", "two"]);
}

#[tokio::test]
async fn many_jobs_are_added_in_order_and_without_doubles() {
    let world = World::new().await;
    let jobs = [
        say("a").with_key("1"),
        say("b"),
        say("c").with_key("1"),
        say("d"),
    ];

    let added = enqueue_many(&mut *world.connection().await, &jobs)
        .await
        .unwrap();
    world.worker().run_until_idle().await.unwrap();

    assert_eq!(added.len(), 3);
    assert!(added.is_sorted());
    assert_eq!(world.diary.read(), ["a", "b", "d"]);
}

#[tokio::test]
async fn no_jobs_are_no_statement() {
    let world = World::new().await;

    let none: [Say; 0] = [];
    let added = enqueue_many(&mut *world.connection().await, &none)
        .await
        .unwrap();

    assert!(added.is_empty());
}

/// A payload that carries somebody's bytes as they came.
#[derive(Serialize, Deserialize)]
struct Carry(Box<RawValue>);

impl jobs::Job for Carry {
    const KIND: &'static str = "carry";
}

#[tokio::test]
async fn bytes_that_jsonb_refuses_come_back_as_they_went() {
    let world = World::new().await;
    let wild = r#"{"b":"\u0000 \ud800","a":1e999,"a":2}"#;
    let job = Carry(RawValue::from_string(wild.to_owned()).unwrap());
    world.enqueue(&job).await;

    let worker = world.idler().register(
        |diary: std::sync::Arc<crate::world::Diary>, job: Carry| async move {
            diary.write(job.0.get());
            Ok(())
        },
    );
    worker.run_until_idle().await.unwrap();

    assert_eq!(world.diary.read(), [wild]);
}

#[tokio::test]
async fn a_transaction_notifies_once_however_much_it_enqueues() {
    let world = World::new().await;
    let mut listener = PgListener::connect_with(&world.database.pool)
        .await
        .unwrap();
    listener.listen_all(["jobs", "end"]).await.unwrap();

    // R14: NOTIFY takes a lock of the whole database at commit.
    let mut connection = world.connection().await;
    let mut transaction = connection.begin().await.unwrap();
    for _ in 0..50 {
        enqueue_many(&mut transaction, &[say("a"), say("b")])
            .await
            .unwrap();
    }
    transaction.commit().await.unwrap();
    sqlx::query("NOTIFY \"end\"")
        .execute(&mut *connection)
        .await
        .unwrap();

    assert_eq!(soon(listener.recv()).await.unwrap().channel(), "jobs");
    assert_eq!(soon(listener.recv()).await.unwrap().channel(), "end");
}
