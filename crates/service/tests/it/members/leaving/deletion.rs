//! Deleting a member's account.

use model::{Username, member::Role};
use service::{
    Error, accounts, auth,
    consequences::{PublishDeletion, Retract},
    members::{self, NewMember},
};

use super::World;
use crate::world::{home, sees};

#[tokio::test]
async fn nothing_of_a_deleted_account_is_left_to_see() {
    let world = World::new().await;
    let app = &world.app;
    let alice = world.member("alice").await;
    let bob = world.member("bob").await;
    bob.follows(&alice).await;
    alice.follows(&bob).await;
    let post = alice.posts("hello").await;
    let bobs = bob.posts("hi").await;
    service::statuses::favourite(app, alice.id, bobs.status.id)
        .await
        .unwrap();
    let bearer = app.token_for(&alice, "read").await;
    app.forget_jobs().await;

    accounts::delete(app, alice.id).await.unwrap();
    assert_eq!(app.enqueued::<PublishDeletion>().await.len(), 1);
    world.work().await;

    assert!(!sees(app, bob.id, post.status.id).await);
    assert!(
        home(app, bob.id)
            .await
            .iter()
            .all(|id| *id != post.status.id)
    );
    let bob = bob.now().await;
    assert_eq!((bob.followers_count, bob.following_count), (0, 0));
    let liked = service::statuses::get(app, model::Viewer::Anybody, bobs.status.id)
        .await
        .unwrap();
    assert_eq!(liked.status.favourites_count, 0);
    let gone = alice.now().await;
    assert!(gone.is_gone() && gone.note.as_str().is_empty());
    // One Delete of the actor tells peers of all of it.
    assert!(app.enqueued::<Retract>().await.is_empty());
    let token = auth::authenticate(app, bearer.as_ref()).await.unwrap();
    assert!(token.is_none());
}

// S76: a name is never given again.
#[tokio::test]
async fn the_name_of_a_deleted_account_stays_taken() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    accounts::delete(&world.app, alice.id).await.unwrap();

    let new = NewMember {
        username: Username::for_member("Alice").unwrap(),
        email: None,
        password: None,
        role: Role::Member,
        confirmed: true,
        approved: true,
        locale: "en".into(),
        reason: String::new(),
    };
    let made = members::create(&world.app, new).await;

    assert!(matches!(made, Err(Error::Invalid(_))));
}

#[tokio::test]
async fn a_suspended_account_is_not_deleted_by_its_owner() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    sqlx::query(
        "UPDATE accounts SET suspended_at = now(), suspension_origin = 'local' WHERE id = $1",
    )
    .bind(alice.id.get())
    .execute(&world.app.db)
    .await
    .unwrap();

    let deleted = accounts::delete(&world.app, alice.id).await;

    assert!(matches!(deleted, Err(Error::Forbidden(_))));
    assert!(!alice.now().await.is_gone());
}
