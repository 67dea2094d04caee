use model::Viewer;
use service::{consequences::Retract, statuses, surface};

use crate::world::{home, sees, told};

#[tokio::test]
async fn a_deleted_post_is_gone_everywhere_at_once() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let carol = app.member("carol").await;
    bob.follows(&alice).await;
    carol.follows(&bob).await;
    let question = bob.posts("why?").await;
    let answer = alice
        .posts("@bob because")
        .in_reply_to(question.status.id)
        .await;
    let boost = statuses::boost(&app, bob.id, answer.status.id, None)
        .await
        .unwrap();
    statuses::favourite(&app, bob.id, answer.status.id)
        .await
        .unwrap();
    app.forget_jobs().await;

    let last = statuses::delete(&app, alice.id, answer.status.id)
        .await
        .unwrap();

    assert_eq!(last.status.source, "@bob because");
    for id in [answer.status.id, boost.status.id] {
        assert!(!sees(&app, Viewer::Anybody, id).await);
        assert!(!sees(&app, alice.id, id).await);
        assert!(!home(&app, alice.id).await.contains(&id));
        assert!(!home(&app, bob.id).await.contains(&id));
        assert!(!home(&app, carol.id).await.contains(&id));
    }
    assert!(
        told(&app, bob.id)
            .await
            .iter()
            .all(|(_, _, status)| status.is_none())
    );
    assert_eq!(alice.now().await.statuses_count, 0);
    assert_eq!(
        bob.now().await.statuses_count,
        1,
        "the boost is counted no longer"
    );
    let question = statuses::get(&app, Viewer::Anybody, question.status.id)
        .await
        .unwrap();
    assert_eq!(question.status.replies_count, 0);
    assert_eq!(app.enqueued::<Retract>().await.len(), 1);
}

#[tokio::test]
async fn peers_can_still_be_told_until_the_row_is_purged() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let hello = alice.posts("hello").await;
    statuses::delete(&app, alice.id, hello.status.id)
        .await
        .unwrap();

    let before = statuses::load(&app, hello.status.id).await.unwrap();
    statuses::purge(&app, hello.status.id).await.unwrap();
    let after = statuses::load(&app, hello.status.id).await.unwrap();

    assert_eq!(before.unwrap().status.uri, hello.status.uri);
    assert!(after.is_none());
    assert!(statuses::is_gone(&app, &hello.status.uri).await.unwrap());
}

#[tokio::test]
async fn a_post_that_is_not_deleted_is_not_purged() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let hello = alice.posts("hello").await;

    statuses::purge(&app, hello.status.id).await.unwrap();

    assert!(sees(&app, Viewer::Anybody, hello.status.id).await);
}

#[tokio::test]
async fn a_late_fan_out_brings_no_deleted_post_back() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    bob.follows(&alice).await;
    let hello = alice.posts("hello").await;
    statuses::delete(&app, alice.id, hello.status.id)
        .await
        .unwrap();

    let job = service::consequences::FanOut {
        status_id: hello.status.id,
    };
    surface::fan_out(&app, &job).await.unwrap();

    assert!(home(&app, bob.id).await.is_empty());
}
