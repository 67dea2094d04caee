use model::Viewer;
use service::{accounts, accounts::StatusFilter, statuses};

use crate::world::{ALL, blocks, ids};

/// All of an account's statuses.
pub(super) fn everything() -> StatusFilter {
    StatusFilter {
        page: ALL,
        excludes_replies: false,
        excludes_boosts: false,
        only_media: false,
        only_pinned: false,
        tag: None,
    }
}

#[tokio::test]
async fn each_viewer_sees_their_own_part() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let friend = app.member("friend").await;
    let enemy = app.member("enemy").await;
    friend.follows(&alice).await;
    let public = alice.posts("public").await.status.id;
    let private = alice.posts("private").followers_only().await.status.id;
    let direct = alice.posts("@enemy direct").direct().await.status.id;
    let seen_by = async |viewer: Viewer| {
        ids(&accounts::statuses(&app, viewer, alice.id, &everything())
            .await
            .unwrap())
    };

    assert_eq!(seen_by(Viewer::Anybody).await, [public]);
    assert_eq!(seen_by(friend.id.into()).await, [private, public]);
    assert_eq!(seen_by(enemy.id.into()).await, [direct, public]);
    assert_eq!(seen_by(alice.id.into()).await, [direct, private, public]);
    blocks(&app, alice.id, enemy.id).await;
    assert!(seen_by(enemy.id.into()).await.is_empty());
}

#[tokio::test]
async fn answers_and_boosts_are_left_out_when_asked_and_answers_to_oneself_stay() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let of_bob = bob.posts("bob's").await.status.id;
    let hello = alice.posts("hello #tag").await.status.id;
    let to_bob = alice.posts("to bob").in_reply_to(of_bob).await.status.id;
    let more = alice.posts("more").in_reply_to(hello).await.status.id;
    let boost = statuses::boost(&app, alice.id, of_bob, None)
        .await
        .unwrap()
        .status
        .id;
    let listed = async |filter: StatusFilter| {
        ids(
            &accounts::statuses(&app, Viewer::Anybody, alice.id, &filter)
                .await
                .unwrap(),
        )
    };

    assert_eq!(listed(everything()).await, [boost, more, to_bob, hello]);
    assert_eq!(
        listed(StatusFilter {
            excludes_replies: true,
            ..everything()
        })
        .await,
        [boost, more, hello]
    );
    assert_eq!(
        listed(StatusFilter {
            excludes_boosts: true,
            ..everything()
        })
        .await,
        [more, to_bob, hello]
    );
    assert_eq!(
        listed(StatusFilter {
            tag: Some("TAG".to_owned()),
            ..everything()
        })
        .await,
        [hello]
    );
    assert!(
        listed(StatusFilter {
            only_pinned: true,
            ..everything()
        })
        .await
        .is_empty()
    );
}
