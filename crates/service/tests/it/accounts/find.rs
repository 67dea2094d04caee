//! Finding an account.

use model::{Domain, Handle};
use service::{Error, accounts};

fn handle(text: &str) -> Handle {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_member_is_found_under_every_name_of_this_server() {
    let app = testkit::app()
        .domain("club.example")
        .web_domain("social.club.example")
        .settings(|settings| {
            settings.alternate_domains = vec![Domain::parse("old.example").unwrap()];
        })
        .await;
    let alice = app.member("alice").await;

    for name in [
        "alice",
        "ALICE",
        "alice@club.example",
        "@alice@social.club.example",
        "acct:alice@OLD.example",
    ] {
        let found = accounts::lookup(&app, &handle(name)).await.unwrap();

        assert_eq!(found.id, alice.id, "{name}");
    }
}

#[tokio::test]
async fn namesakes_of_other_servers_are_somebody_else() {
    let app = testkit::app().await;
    app.member("alice").await;
    let elsewhere = app.remote("alice@mastodon.example").await;

    let found = accounts::lookup(&app, &handle("Alice@Mastodon.example"))
        .await
        .unwrap();
    let nobody = accounts::lookup(&app, &handle("alice@another.example")).await;

    assert_eq!(found.id, elsewhere.id);
    assert!(matches!(nobody, Err(Error::NotFound)));
}

#[tokio::test]
async fn several_are_given_in_the_order_asked_without_those_unknown() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let nobody = model::AccountId::new(1);

    let found = accounts::many(&app, &[bob.id, nobody, alice.id])
        .await
        .unwrap();

    let ids: Vec<_> = found.iter().map(|account| account.id).collect();
    assert_eq!(ids, [bob.id, alice.id]);
}
