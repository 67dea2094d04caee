//! The test kit itself: that what it builds is what a server would hold.

use model::Viewer;
use service::{accounts, consequences::SendFollow, relationships};

#[tokio::test]
async fn members_and_peers_follow_each_other_in_one_line() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").locked().await;
    let mia = app.remote("mia@mastodon.example").await;

    alice.follows(&bob).await;
    alice.follows(&mia).await;
    mia.follows(&bob).await;

    let bond = relationships::of(&app, alice.id, &[bob.id, mia.id])
        .await
        .unwrap();
    assert!(bond.iter().all(|bond| bond.following.is_some()), "{bond:?}");
    assert_eq!(bob.now().await.followers_count, 2);
    assert_eq!(app.enqueued::<SendFollow>().await.len(), 1);
}

#[tokio::test]
async fn a_members_key_opens_and_its_public_half_is_known() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;

    let private = accounts::private_key(&app, alice.id).await.unwrap();
    let public = accounts::find_key(&app, &format!("{}#main-key", alice.account.uri))
        .await
        .unwrap()
        .unwrap();

    assert!(private.len() > 1000);
    assert!(public.pem.starts_with("-----BEGIN PUBLIC KEY-----\n"));
    assert!(public.owner_is_local);
}

#[tokio::test]
async fn a_post_is_seen_by_those_it_is_for() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;

    let post = alice.posts("hello").followers_only().await;

    let id = post.status.id;
    assert!(
        service::statuses::get(&app, Viewer::Anybody, id)
            .await
            .is_err()
    );
    assert!(
        service::statuses::get(&app, alice.id.into(), id)
            .await
            .is_ok()
    );
}
