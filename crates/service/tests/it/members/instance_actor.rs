//! The server's own actor.

use model::account::INSTANCE_ACTOR;
use service::{accounts, members};

#[tokio::test]
async fn the_server_gets_one_actor_of_its_own_however_often_it_starts() {
    let app = testkit::app()
        .domain("club.example")
        .web_domain("social.club.example")
        .await;

    members::ensure_instance_actor(&app).await.unwrap();
    let key = accounts::private_key(&app, INSTANCE_ACTOR).await.unwrap();
    members::ensure_instance_actor(&app).await.unwrap();

    let actor = accounts::get(&app, INSTANCE_ACTOR).await.unwrap();
    assert_eq!(actor.uri, "https://social.club.example/actor");
    assert_eq!(actor.username.as_str(), "club.example");
    assert!(actor.is_bot());
    assert_eq!(
        accounts::private_key(&app, INSTANCE_ACTOR).await.unwrap(),
        key
    );
}

#[tokio::test]
async fn the_servers_own_actor_is_no_member() {
    let app = testkit::app().await;

    members::ensure_instance_actor(&app).await.unwrap();

    assert!(members::list(&app).await.unwrap().is_empty());
    assert!(members::get(&app, INSTANCE_ACTOR).await.is_err());
}
