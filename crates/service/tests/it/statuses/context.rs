use model::{StatusId, Viewer};
use service::statuses;

use crate::world::{blocks, ids};

#[tokio::test]
async fn a_thread_is_told_branch_by_branch_with_the_authors_own_answers_first() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let root = alice.posts("root").await.status.id;
    let by_bob = bob.posts("bob's").in_reply_to(root).await.status.id;
    let below_bob = alice
        .posts("below bob's")
        .in_reply_to(by_bob)
        .await
        .status
        .id;
    let more = alice.posts("more").in_reply_to(root).await.status.id;

    let from_root = statuses::context(&app, Viewer::Anybody, root)
        .await
        .unwrap();
    let from_leaf = statuses::context(&app, Viewer::Anybody, below_bob)
        .await
        .unwrap();

    assert!(from_root.ancestors.is_empty());
    assert_eq!(ids(&from_root.descendants), [more, by_bob, below_bob]);
    assert_eq!(ids(&from_leaf.ancestors), [root, by_bob]);
    assert!(from_leaf.descendants.is_empty());
}

#[tokio::test]
async fn what_one_may_not_or_will_not_see_is_left_out() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let carol = app.member("carol").await;
    let root = alice.posts("root").await.status.id;
    bob.posts("unwanted").in_reply_to(root).await;
    alice
        .posts("secret")
        .in_reply_to(root)
        .followers_only()
        .await;
    let seen = alice.posts("seen").in_reply_to(root).await.status.id;
    blocks(&app, carol.id, bob.id).await;

    let thread = statuses::context(&app, carol.id.into(), root)
        .await
        .unwrap();

    assert_eq!(ids(&thread.descendants), [seen]);
}

#[tokio::test]
async fn posts_that_answer_each_other_in_a_ring_end() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let one = alice.posts("one").await.status.id;
    let two = alice.posts("two").in_reply_to(one).await.status.id;
    let tie = "UPDATE statuses SET in_reply_to_id = $1 WHERE id = $2";
    sqlx::query(tie)
        .bind(two.get())
        .bind(one.get())
        .execute(&app.db)
        .await
        .unwrap();

    let thread = statuses::context(&app, alice.id.into(), one).await.unwrap();

    assert_eq!(ids(&thread.ancestors), [two]);
    assert_eq!(ids(&thread.descendants), [two]);
}

#[tokio::test]
async fn strangers_see_sixty_answers_and_members_all() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let root = alice.posts("root").await.status.id;
    let fill = "INSERT INTO statuses (id, uri, url, account_id, local, visibility, in_reply_to_id, created_at)
                SELECT $1 + n, 'https://x/' || n, '', $2, false, 'public', $1, now() FROM generate_series(1, 100) n";
    sqlx::query(fill)
        .bind(root.get())
        .bind(alice.id.get())
        .execute(&app.db)
        .await
        .unwrap();

    let for_anybody = statuses::context(&app, Viewer::Anybody, root)
        .await
        .unwrap();
    let for_alice = statuses::context(&app, alice.id.into(), root)
        .await
        .unwrap();

    assert_eq!(for_anybody.descendants.len(), 60);
    assert_eq!(for_alice.descendants.len(), 100);
    assert!(
        statuses::context(&app, Viewer::Anybody, StatusId::new(1))
            .await
            .is_err()
    );
}
