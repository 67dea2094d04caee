//! Addresses for the time after.

use service::{Error, members};
use testkit::Member;

use super::World;

async fn secret_sent_to(world: &World, address: &str) -> String {
    world.work().await;
    let letter = world.mailbox.newest_to(address).unwrap();
    let rest = letter
        .text
        .split("/settings/private_email/")
        .nth(1)
        .unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

async fn confirmed(world: &World, member: &Member) -> Option<String> {
    let address = members::private_address(&world.app, member.id).await;
    address.unwrap().email
}

#[tokio::test]
async fn an_address_counts_once_its_letter_was_answered() {
    let world = World::new().await;
    let alice = world.member("alice").await;

    members::give_private_address(&world.app, alice.id, "alice@home.example")
        .await
        .unwrap();
    assert_eq!(confirmed(&world, &alice).await, None);
    let secret = secret_sent_to(&world, "alice@home.example").await;

    assert!(
        !members::confirm_private_address(&world.app, "x")
            .await
            .unwrap()
    );
    assert!(
        members::confirm_private_address(&world.app, &secret)
            .await
            .unwrap()
    );
    assert!(
        !members::confirm_private_address(&world.app, &secret)
            .await
            .unwrap()
    );
    assert_eq!(
        confirmed(&world, &alice).await.as_deref(),
        Some("alice@home.example")
    );
}

#[tokio::test]
async fn another_address_replaces_the_first_only_when_it_is_confirmed() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    for address in ["one@home.example", "two@home.example", "three@home.example"] {
        members::give_private_address(&world.app, alice.id, address)
            .await
            .unwrap();
        let secret = secret_sent_to(&world, address).await;
        if address.starts_with("one") {
            members::confirm_private_address(&world.app, &secret)
                .await
                .unwrap();
        }
    }
    let replaced = secret_sent_to(&world, "two@home.example").await;

    let done = members::confirm_private_address(&world.app, &replaced).await;

    assert!(!done.unwrap());
    assert_eq!(
        confirmed(&world, &alice).await.as_deref(),
        Some("one@home.example")
    );
}

#[tokio::test]
async fn who_has_left_confirms_nothing_any_more() {
    let world = World::new().await;
    let alice = world.member("alice").await;
    members::give_private_address(&world.app, alice.id, "mallory@home.example")
        .await
        .unwrap();
    let secret = secret_sent_to(&world, "mallory@home.example").await;
    world.leaves(&alice).await;

    let done = members::confirm_private_address(&world.app, &secret).await;

    assert!(!done.unwrap());
    assert_eq!(confirmed(&world, &alice).await, None);
}

#[tokio::test]
async fn without_mail_no_address_is_taken() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;

    let given = members::give_private_address(&app, alice.id, "alice@home.example").await;

    assert!(matches!(given, Err(Error::Unavailable { .. })));
}
