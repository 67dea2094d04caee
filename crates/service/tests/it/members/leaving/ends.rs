//! The end of a leaver's account.

use model::member::Standing;
use service::{
    Error, accounts,
    members::{self, EndLeavers},
    settings::LeaverEnd,
};
use time::Duration;

use super::{World, identity};

/// Lets the recurring job run.
async fn end_leavers(world: &World) {
    let mut connection = world.app.db.acquire().await.unwrap();
    jobs::enqueue(&mut connection, &EndLeavers {})
        .await
        .unwrap();
    drop(connection);
    world.work().await;
}

/// How many letters tell of the end.
fn notices(world: &World) -> usize {
    let letters = world.mailbox.letters();
    letters
        .iter()
        .filter(|letter| letter.subject.contains("soon be deleted"))
        .count()
}

#[tokio::test]
async fn after_the_grace_a_frozen_account_stays_and_nothing_opens() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    world.leaves(&alice).await;
    world
        .app
        .clock
        .advance(Duration::days(90) - Duration::SECOND);
    end_leavers(&world).await;
    assert!(members::exit_link(&world.app, alice.id).await.is_ok());

    world.app.clock.advance(Duration::SECOND);
    end_leavers(&world).await;

    let link = members::exit_link(&world.app, alice.id).await;
    assert!(matches!(link, Err(Error::Conflict(_))));
    let member = members::get(&world.app, alice.id).await.unwrap();
    assert_eq!((member.standing(), member.ends_at), (Standing::Left, None));
    assert!(!alice.now().await.is_suspended());
    // And who comes back after that finds everything as it was.
    world.directory.put(identity("alice"));
    world.run(members::Run::Usual).await;
    assert_eq!(world.standing(alice.id).await, Standing::Good);
}

#[tokio::test]
async fn a_deletion_comes_after_two_notices() {
    let world = World::with(|settings| settings.sign_in.end = LeaverEnd::Delete).await;
    let alice = world.member("alice").await;
    world.leaves(&alice).await;
    let mut told = Vec::new();
    for (days, ()) in [(75, ()), (1, ()), (10, ()), (1, ()), (2, ())] {
        world.app.clock.advance(Duration::days(days));
        end_leavers(&world).await;
        end_leavers(&world).await;
        told.push(notices(&world));
    }
    assert_eq!(told, [0, 1, 1, 2, 2]);
    assert!(!alice.now().await.is_gone());

    world.app.clock.advance(Duration::days(1));
    end_leavers(&world).await;

    assert!(alice.now().await.is_gone());
    assert!(matches!(
        members::get(&world.app, alice.id).await,
        Err(Error::NotFound)
    ));
}

#[tokio::test]
async fn the_row_of_a_deleted_account_goes_when_everybody_was_told() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    accounts::delete(&world.app, alice.id).await.unwrap();
    world.app.clock.advance(Duration::days(7));
    end_leavers(&world).await;
    assert!(accounts::get(&world.app, alice.id).await.is_ok());

    world.app.clock.advance(Duration::SECOND);
    end_leavers(&world).await;

    let found = accounts::get(&world.app, alice.id).await;
    assert!(matches!(found, Err(Error::NotFound)));
}
