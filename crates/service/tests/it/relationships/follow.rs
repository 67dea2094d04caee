//! A member follows somebody.

use model::Page;
use service::{
    App, Error,
    consequences::SendFollow,
    relationships::{self, FollowChange},
};

use super::world::{blocks, bond, counts, moved};
use crate::parallel::at_once;

#[tokio::test]
async fn an_unlocked_member_is_followed_at_once_and_no_peer_is_told() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;

    let shown = relationships::follow(&app, alice.id, bob.id, FollowChange::default())
        .await
        .unwrap();

    assert!(shown.following.is_some());
    assert!(bond(&app, &bob, &alice).await.followed_by);
    assert_eq!(counts(&app, &alice).await, (0, 1));
    assert_eq!(counts(&app, &bob).await, (1, 0));
    assert!(app.enqueued::<SendFollow>().await.is_empty());
}

#[tokio::test]
async fn a_locked_member_is_asked() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").locked().await;

    let shown = relationships::follow(&app, alice.id, bob.id, FollowChange::default())
        .await
        .unwrap();

    assert!(shown.following.is_none());
    assert!(shown.requested.is_some());
    assert!(bond(&app, &bob, &alice).await.requested_by);
    assert_eq!(counts(&app, &bob).await, (0, 0));
    let asking = relationships::requests(&app, bob.id, Page::newest(40))
        .await
        .unwrap();
    assert_eq!(
        asking
            .iter()
            .map(|asking| asking.item.id)
            .collect::<Vec<_>>(),
        [alice.id]
    );
}

#[tokio::test]
async fn somebody_elsewhere_is_asked_by_a_follow_to_their_server() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;

    let shown = relationships::follow(&app, alice.id, mia.id, FollowChange::default())
        .await
        .unwrap();

    assert!(shown.following.is_none());
    assert!(shown.requested.is_some());
    assert_eq!(counts(&app, &alice).await, (0, 0));
    let told: Vec<SendFollow> = app.enqueued().await;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].follower_id, told[0].followee_id),
        (alice.id, mia.id)
    );
    let found = relationships::find_by_uri(&app, &told[0].uri)
        .await
        .unwrap();
    assert_eq!(found, Some((alice.id, mia.id)));
    assert!(app.urls.is_ours(&told[0].uri), "{}", told[0].uri);
}

#[tokio::test]
async fn following_twice_changes_how_and_counts_once() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    alice.follows(&bob).await;

    let change = FollowChange {
        shows_boosts: Some(false),
        notifies: Some(true),
        ..FollowChange::default()
    };
    relationships::follow(&app, alice.id, bob.id, change)
        .await
        .unwrap();
    let languages = FollowChange {
        languages: Some(vec!["de".into()]),
        ..FollowChange::default()
    };
    let shown = relationships::follow(&app, alice.id, bob.id, languages)
        .await
        .unwrap();

    let options = shown.following.unwrap();
    assert!(!options.shows_boosts);
    assert!(options.notifies);
    assert_eq!(options.languages, ["de"]);
    assert_eq!(counts(&app, &bob).await, (1, 0));
}

#[tokio::test]
async fn fifty_follows_at_once_count_once() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let (follower, followed) = (alice.id, bob.id);

    // R20
    let outcomes = at_once(&app, 50, |app: App, _| async move {
        relationships::follow(&app, follower, followed, FollowChange::default()).await
    })
    .await;

    for outcome in outcomes {
        outcome.unwrap();
    }
    assert_eq!(counts(&app, &alice).await, (0, 1));
    assert_eq!(counts(&app, &bob).await, (1, 0));
}

#[tokio::test]
async fn two_who_follow_each_other_at_once_do_not_wait_for_ever() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let pair = [alice.id, bob.id];

    let outcomes = at_once(&app, 20, |app: App, number| async move {
        let (one, other) = (pair[number % 2], pair[(number + 1) % 2]);
        relationships::follow(&app, one, other, FollowChange::default()).await?;
        relationships::unfollow(&app, one, other).await
    })
    .await;

    for outcome in outcomes {
        outcome.unwrap();
    }
    assert_eq!(counts(&app, &alice).await, (0, 0));
    assert_eq!(counts(&app, &bob).await, (0, 0));
}

#[tokio::test]
async fn nobody_follows_themselves_or_somebody_who_is_not_there() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app
        .remote("mia@mastodon.example")
        .with(|account| account.suspended = true)
        .await;

    for target in [alice.id, mia.id, model::AccountId::new(1)] {
        let refused = relationships::follow(&app, alice.id, target, FollowChange::default()).await;

        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    }
}

#[tokio::test]
async fn a_block_of_either_side_or_a_move_forbids_to_follow() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let she_blocks = app.member("she_blocks").await;
    let blocks_her = app.member("blocks_her").await;
    let has_moved = app.member("has_moved").await;
    blocks(&app, &alice, she_blocks.id).await;
    blocks(&app, &blocks_her, alice.id).await;
    moved(&app, &has_moved, blocks_her.id).await;

    for target in [&she_blocks, &blocks_her, &has_moved] {
        let refused =
            relationships::follow(&app, alice.id, target.id, FollowChange::default()).await;

        assert!(
            matches!(refused, Err(Error::Forbidden(_))),
            "{}: {refused:?}",
            target.account.username
        );
        assert_eq!(counts(&app, target).await, (0, 0));
    }
}

#[tokio::test]
async fn whoever_follows_very_many_already_follows_no_more() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    sqlx::query("UPDATE accounts SET following_count = 7500 WHERE id = $1")
        .bind(alice.id.get())
        .execute(&app.db)
        .await
        .unwrap();

    let refused = relationships::follow(&app, alice.id, bob.id, FollowChange::default()).await;

    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
}
