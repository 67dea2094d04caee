//! A page of twenty costs as many questions to the database as a page of one.

use std::{cell::Cell, sync::Once};

use model::{Page, Viewer, timeline::Reach};
use service::{notifications, notifications::NotificationFilter, statuses, timelines};
use tracing::{
    Event, Id, Metadata, Subscriber,
    span::{Attributes, Record},
    subscriber::set_global_default,
};

thread_local! {
    /// Statements of this thread. A test runs on one thread of its own, and so do its queries.
    static STATEMENTS: Cell<usize> = const { Cell::new(0) };
}

/// Counts what sqlx says it has run. Listens for the whole binary: a subscriber of one thread would come and go
/// while others look up whether anybody listens.
struct Counter;

impl Counter {
    fn listen() {
        static LISTENING: Once = Once::new();
        LISTENING.call_once(|| set_global_default(Self).expect("nobody else listens here"));
    }

    fn take() -> usize {
        STATEMENTS.replace(0)
    }
}

impl Subscriber for Counter {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {
        STATEMENTS.set(STATEMENTS.get() + 1);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_page_costs_three_questions_whatever_its_length() {
    Counter::listen();
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
    Counter::take();

    for limit in [1, 20] {
        let page = Page::newest(limit);
        let filter = NotificationFilter {
            page,
            kinds: Vec::new(),
            excluded: Vec::new(),
            from: None,
        };

        timelines::home(&app, alice.id, page).await.unwrap();
        assert_eq!(Counter::take(), 3, "home");
        timelines::public(&app, viewer, Reach::Everybody, false, page)
            .await
            .unwrap();
        assert_eq!(Counter::take(), 3, "public");
        notifications::list(&app, alice.id, &filter).await.unwrap();
        assert_eq!(Counter::take(), 3, "notifications");
        statuses::context(&app, viewer, root).await.unwrap();
        assert_eq!(Counter::take(), 3, "context");
        statuses::get(&app, viewer, root).await.unwrap();
        assert_eq!(Counter::take(), 2, "one post");
    }
}
