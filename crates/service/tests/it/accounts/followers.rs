//! Who follows an account and whom it follows.

use model::{Account, Page, Viewer};
use service::{
    Listed,
    accounts::{self, ProfileChange},
};

fn names(listed: &[Listed<Account>]) -> Vec<&str> {
    listed
        .iter()
        .map(|listed| listed.item.username.as_str())
        .collect()
}

#[tokio::test]
async fn followers_are_listed_newest_first_a_page_at_a_time() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    for name in ["one", "two", "three"] {
        app.member(name).await.follows(&alice).await;
    }
    app.remote("four@mastodon.example")
        .await
        .follows(&alice)
        .await;

    let first = accounts::followers(&app, Viewer::Anybody, alice.id, Page::newest(2))
        .await
        .unwrap();
    let older = Page {
        max_id: Some(first[1].cursor),
        ..Page::newest(2)
    };
    let second = accounts::followers(&app, Viewer::Anybody, alice.id, older)
        .await
        .unwrap();
    let newer = Page {
        min_id: Some(second[1].cursor),
        ..Page::newest(2)
    };
    let back = accounts::followers(&app, Viewer::Anybody, alice.id, newer)
        .await
        .unwrap();

    assert_eq!(names(&first), ["four", "three"]);
    assert_eq!(names(&second), ["two", "one"]);
    assert_eq!(names(&back), ["three", "two"]);
}

#[tokio::test]
async fn somebody_who_hides_it_shows_both_lists_to_nobody_else() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    bob.follows(&alice).await;
    alice.follows(&bob).await;
    let hide = ProfileChange {
        hides_collections: Some(true),
        ..ProfileChange::default()
    };
    accounts::update_profile(&app, alice.id, hide)
        .await
        .unwrap();
    let page = Page::newest(40);

    for (viewer, count) in [
        (Viewer::Anybody, 0),
        (bob.id.into(), 0),
        (alice.id.into(), 1),
    ] {
        let followers = accounts::followers(&app, viewer, alice.id, page)
            .await
            .unwrap();
        let following = accounts::following(&app, viewer, alice.id, page)
            .await
            .unwrap();

        assert_eq!(
            (followers.len(), following.len()),
            (count, count),
            "{viewer:?}"
        );
    }
}

#[tokio::test]
async fn suspended_followers_are_left_out() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    mia.follows(&alice).await;

    app.remote("mia@mastodon.example")
        .with(|account| account.suspended = true)
        .await;

    let listed = accounts::followers(&app, Viewer::Anybody, alice.id, Page::newest(40))
        .await
        .unwrap();
    assert!(listed.is_empty());
}
