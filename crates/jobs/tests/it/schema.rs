//! Making the tables.

use jobs::{SCHEMA, enqueue, migrate};

use crate::database::Database;
use crate::world::{World, say};

#[tokio::test]
async fn migrating_again_changes_nothing() {
    let world = World::new().await;
    world.enqueue(&say("still here")).await;

    let mut connection = world.connection().await;
    migrate(&mut connection).await.unwrap();
    sqlx::raw_sql(SCHEMA)
        .execute(&mut *connection)
        .await
        .unwrap();
    drop(connection);
    world.worker().run_until_idle().await.unwrap();

    assert_eq!(world.diary.read(), ["still here"]);
}

#[tokio::test]
async fn two_nodes_may_migrate_at_the_same_time() {
    let database = Database::empty().await;
    let mut one = database.pool.acquire().await.unwrap();
    let mut other = database.pool.acquire().await.unwrap();

    let (by_one, by_other) = tokio::join!(migrate(&mut one), migrate(&mut other));

    by_one.unwrap();
    by_other.unwrap();
    enqueue(&mut one, &say("ready")).await.unwrap();
}
