//! A page of twenty costs as many questions to the database as a page of one.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use model::{Page, Viewer, timeline::Reach};
use service::{notifications, notifications::NotificationFilter, statuses, timelines};
use tracing::{
    Event, Id, Metadata, Subscriber,
    span::{Attributes, Record},
    subscriber::set_default,
};

/// Counts what sqlx says it has run.
#[derive(Clone, Default)]
struct Statements(Arc<AtomicUsize>);

impl Subscriber for Statements {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

impl Statements {
    fn take(&self) -> usize {
        self.0.swap(0, Ordering::Relaxed)
    }
}

#[tokio::test]
async fn a_page_costs_three_questions_whatever_its_length() {
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
    let statements = Statements::default();
    let listening = set_default(statements.clone());

    for limit in [1, 20] {
        let page = Page::newest(limit);
        let filter = NotificationFilter {
            page,
            kinds: Vec::new(),
            excluded: Vec::new(),
            from: None,
        };

        timelines::home(&app, alice.id, page).await.unwrap();
        assert_eq!(statements.take(), 3, "home");
        timelines::public(&app, viewer, Reach::Everybody, false, page)
            .await
            .unwrap();
        assert_eq!(statements.take(), 3, "public");
        notifications::list(&app, alice.id, &filter).await.unwrap();
        assert_eq!(statements.take(), 3, "notifications");
        statuses::context(&app, viewer, root).await.unwrap();
        assert_eq!(statements.take(), 3, "context");
        statuses::get(&app, viewer, root).await.unwrap();
        assert_eq!(statements.take(), 2, "one post");
    }
    drop(listening);
}
