//! A page of twenty costs as many questions to the database as a page of one.

use model::{Page, Viewer, timeline::Reach};
use service::{notifications, notifications::NotificationFilter, statuses, timelines};
use testkit::Statements;

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
