//! Finishing a job in the transaction of its effects.

use std::sync::Arc;

use anyhow::anyhow;
use jobs::{CompleteError, Failure, Running, Tally, Worker, complete_in};
use sqlx::{Connection, PgConnection, PgPool};

use crate::world::{Diary, Say, World, forget_leases, say};

async fn count_effects(pool: &PgPool) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM effects")
        .fetch_one(pool)
        .await
        .unwrap()
}

async fn have_effect(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO effects DEFAULT VALUES")
        .execute(connection)
        .await?;
    Ok(())
}

async fn world_with_effects() -> World {
    let world = World::new().await;
    sqlx::query("CREATE TABLE effects (id bigint GENERATED ALWAYS AS IDENTITY)")
        .execute(&world.database.pool)
        .await
        .unwrap();
    world.enqueue(&say("pay")).await;
    world
}

/// What a handler does after it has finished its job inside its transaction.
#[derive(Clone, Copy)]
enum Then {
    Commit,
    CommitAndFail,
    RollBack,
}

fn paying(world: &World, then: Then) -> Worker<Diary> {
    let pool = world.database.pool.clone();
    world
        .idler()
        .register_running(move |_: Arc<Diary>, _: Say, running: Running| {
            let pool = pool.clone();
            async move {
                let mut connection = pool.acquire().await?;
                let mut transaction = connection.begin().await?;
                have_effect(&mut transaction).await?;
                complete_in(&mut transaction, &running).await?;
                match then {
                    Then::Commit => Ok(transaction.commit().await?),
                    Then::CommitAndFail => {
                        transaction.commit().await?;
                        Err(anyhow!("after the fact").into())
                    }
                    Then::RollBack => {
                        transaction.rollback().await?;
                        Err(anyhow!("changed our mind").into())
                    }
                }
            }
        })
}

#[tokio::test]
async fn completing_rolls_back_with_its_transaction() {
    let world = world_with_effects().await;

    let tally = paying(&world, Then::RollBack)
        .run_until_idle()
        .await
        .unwrap();

    assert_eq!(
        tally,
        Tally {
            retried: 1,
            ..Tally::default()
        }
    );
    assert_eq!(count_effects(&world.database.pool).await, 0);
    assert_eq!(world.unfinished().await, 1);
}

#[tokio::test]
async fn a_completed_job_is_gone_with_its_effects_kept() {
    let world = world_with_effects().await;

    paying(&world, Then::Commit).run_until_idle().await.unwrap();

    assert_eq!(count_effects(&world.database.pool).await, 1);
    assert_eq!(world.unfinished().await, 0);
}

#[tokio::test]
async fn a_failure_after_completing_repeats_nothing() {
    let world = world_with_effects().await;

    paying(&world, Then::CommitAndFail)
        .run_until_idle()
        .await
        .unwrap();

    assert_eq!(count_effects(&world.database.pool).await, 1);
    assert_eq!(world.unfinished().await, 0);
    assert!(world.dead().await.is_empty());
}

/// R01: a worker that was thought dead and comes back does not do the work a second time.
#[tokio::test]
async fn who_has_lost_the_lease_cannot_complete() {
    let world = world_with_effects().await;
    let pool = world.database.pool.clone();
    let other = Arc::new(paying(&world, Then::Commit));
    let slow =
        world
            .idler()
            .register_running(move |diary: Arc<Diary>, _: Say, running: Running| {
                let (pool, other) = (pool.clone(), Arc::clone(&other));
                async move {
                    let mut connection = pool.acquire().await?;
                    forget_leases(&mut connection).await;
                    other.run_until_idle().await.unwrap();

                    let mut transaction = connection.begin().await?;
                    have_effect(&mut transaction).await?;
                    let refused = complete_in(&mut transaction, &running).await.unwrap_err();
                    assert!(matches!(refused, CompleteError::LeaseLost(id) if id == running.id));
                    diary.write("refused");
                    Err::<(), Failure>(refused.into())
                }
            });

    slow.run_until_idle().await.unwrap();

    assert_eq!(world.diary.read(), ["refused"]);
    assert_eq!(count_effects(&world.database.pool).await, 1);
}
