//! The way to the leaver's page.

use service::{Error, auth, members, members::Run};
use time::Duration;

use super::{World, identity};

#[tokio::test]
async fn a_link_opens_the_page_once_and_nothing_else() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    world.leaves(&alice).await;

    let link = members::exit_link(&world.app, alice.id).await.unwrap();
    let cookie = members::open_exit(&world.app, link.reveal())
        .await
        .unwrap()
        .unwrap();

    let again = members::open_exit(&world.app, link.reveal()).await.unwrap();
    assert!(again.is_none());
    let leaver = members::find_leaver(&world.app, cookie.reveal())
        .await
        .unwrap();
    assert_eq!(leaver.unwrap().account.id, alice.id);
    for secret in [&link, &cookie] {
        let session = auth::find_session(&world.app, secret.reveal())
            .await
            .unwrap();
        assert!(session.is_none());
        let token = auth::authenticate(&world.app, secret.reveal())
            .await
            .unwrap();
        assert!(token.is_none());
    }
    // Neither of the two is the other.
    let as_cookie = members::find_leaver(&world.app, link.reveal())
        .await
        .unwrap();
    assert!(as_cookie.is_none());
    let as_link = members::open_exit(&world.app, cookie.reveal())
        .await
        .unwrap();
    assert!(as_link.is_none());
}

#[tokio::test]
async fn a_link_ends_after_seven_days() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    world.leaves(&alice).await;
    let link = members::exit_link(&world.app, alice.id).await.unwrap();

    world
        .app
        .clock
        .advance(Duration::days(7) - Duration::SECOND);
    assert!(
        members::is_exit_link(&world.app, link.reveal())
            .await
            .unwrap()
    );
    world.app.clock.advance(Duration::SECOND);

    assert!(
        !members::is_exit_link(&world.app, link.reveal())
            .await
            .unwrap()
    );
    let opened = members::open_exit(&world.app, link.reveal()).await.unwrap();
    assert!(opened.is_none());
}

#[tokio::test]
async fn nobody_who_is_a_member_gets_a_link() {
    let world = World::new().await;
    let alice = world.member("alice").await;

    let link = members::exit_link(&world.app, alice.id).await;

    assert!(matches!(link, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn coming_back_closes_the_page() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    world.leaves(&alice).await;
    let link = members::exit_link(&world.app, alice.id).await.unwrap();
    let other = members::exit_link(&world.app, alice.id).await.unwrap();
    let cookie = members::open_exit(&world.app, link.reveal())
        .await
        .unwrap()
        .unwrap();

    world.directory.put(identity("alice"));
    world.run(Run::Usual).await;

    let found = members::find_leaver(&world.app, cookie.reveal())
        .await
        .unwrap();
    assert!(found.is_none());
    assert!(
        !members::is_exit_link(&world.app, other.reveal())
            .await
            .unwrap()
    );
}

// S40: what opens the page is among everything that is revoked.
#[tokio::test]
async fn revoking_everything_closes_the_page() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    world.leaves(&alice).await;
    let link = members::exit_link(&world.app, alice.id).await.unwrap();
    let cookie = members::open_exit(&world.app, link.reveal())
        .await
        .unwrap()
        .unwrap();

    auth::revoke_everything(&world.app, alice.id).await.unwrap();

    let found = members::find_leaver(&world.app, cookie.reveal())
        .await
        .unwrap();
    assert!(found.is_none());
}

#[tokio::test]
async fn a_link_is_sent_to_the_private_address_of_who_has_left_and_to_nobody_else() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    let bob = world.member("bob").await;
    for (member, email) in [(&alice, "alice@home.example"), (&bob, "bob@home.example")] {
        sqlx::query("INSERT INTO private_addresses (account_id, email) VALUES ($1, $2)")
            .bind(member.id.get())
            .bind(email)
            .execute(&world.app.db)
            .await
            .unwrap();
    }
    world.leaves(&alice).await;
    world.work().await;
    let sent = world.mailbox.letters().len();

    for name in ["alice", "@Alice ", "bob", "nobody", "", "a b"] {
        members::ask_for_exit_link(&world.app, name).await.unwrap();
    }
    world.work().await;

    let letters = world.mailbox.letters();
    let readers: Vec<&str> = letters[sent..]
        .iter()
        .map(|letter| letter.to.as_str())
        .collect();
    assert_eq!(readers, ["alice@home.example", "alice@home.example"]);
    let text = &letters.last().unwrap().text;
    let link = text
        .split("/auth/leaving/")
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap();
    assert!(
        members::open_exit(&world.app, link)
            .await
            .unwrap()
            .is_some()
    );
}
