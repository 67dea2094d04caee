//! A page of twenty costs as many questions to the database as a page of one, and a post as many as it must.

use model::{Page, Viewer, timeline::Reach};
use service::{
    notifications, notifications::NotificationFilter, statuses, statuses::Draft, timelines,
};
use testkit::Statements;

use crate::world::{SHARED, post};

#[tokio::test]
async fn a_page_costs_one_question_whatever_its_length() {
    Statements::listen();
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    alice.follows(&bob).await;
    let root = bob.posts("root").await.status.id;
    for number in 0..10 {
        let hello = bob.posts(&format!("hello {number} @alice #tag")).await;
        statuses::favourite(&app, bob.id, hello.status.id)
            .await
            .unwrap();
        alice.posts("an answer").in_reply_to(root).await;
    }
    let viewer = Viewer::Account(alice.id);
    Statements::take();

    for limit in [1, 20] {
        let page = Page::newest(limit);
        let filter = NotificationFilter {
            page,
            kinds: Vec::new(),
            excluded: Vec::new(),
            from: None,
        };

        let home = timelines::home(&app, alice.id, page).await.unwrap();
        assert_eq!(Statements::take(), 1, "home");
        let ids: Vec<_> = home.iter().map(|glimpse| glimpse.id).collect();
        statuses::bodies(&app, &ids, &[alice.id, bob.id])
            .await
            .unwrap();
        assert_eq!(Statements::take(), 1, "all that is not kept");
        timelines::public(&app, viewer, Reach::Everybody, false, page)
            .await
            .unwrap();
        assert_eq!(Statements::take(), 1, "public");
        notifications::list(&app, alice.id, &filter).await.unwrap();
        assert_eq!(Statements::take(), 1, "notifications");
        statuses::context(&app, viewer, root).await.unwrap();
        assert_eq!(Statements::take(), 2, "context");
        statuses::get(&app, viewer, root).await.unwrap();
        assert_eq!(Statements::take(), 2, "one post with everything");
    }
}

/// What a post costs beside the look at its author: it, with its tags, mentions, counters and key, is one statement, and the
/// homes of its audience are another.
#[tokio::test]
async fn a_post_is_written_in_two_statements() {
    Statements::listen();
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    bob.follows(&alice).await;
    alice.posts("the connection is warm").await;
    Statements::take();

    let draft = |text: &str, key: Option<&str>| Draft {
        text: text.to_owned(),
        spoiler: String::new(),
        visibility: None,
        sensitive: None,
        language: None,
        in_reply_to: None,
        application_id: None,
        idempotency_key: key.map(str::to_owned),
    };
    for (text, key, most) in [
        ("hello", None, POST),
        ("hello #two #tags", None, POST),
        ("hello, with a key", Some("key"), POST),
        // Who that is; and telling them.
        ("hello @bob", None, POST + 2),
    ] {
        statuses::create(&app, alice.id, draft(text, key))
            .await
            .unwrap();
        assert_eq!(Statements::take(), most, "{text}");
    }
}

/// The author, the post, the homes, COMMIT (BEGIN is not told).
const POST: usize = 4;

/// Whether it is new and concerns anybody, the post, the homes, COMMIT.
#[tokio::test]
async fn a_peers_post_is_stored_in_four_statements() {
    Statements::listen();
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let mia = app.remote("mia@mastodon.example").await;
    alice.follows(&mia).await;
    statuses::receive(&app, post(&mia, "warm"), SHARED)
        .await
        .unwrap();
    Statements::take();

    statuses::receive(&app, post(&mia, "hello"), SHARED)
        .await
        .unwrap();

    assert_eq!(Statements::take(), 4);
}
