//! How many statements a test sends to the database.

use std::{cell::Cell, sync::Once};

use tracing::{
    Event, Id, Metadata, Subscriber,
    span::{Attributes, Record},
    subscriber::set_global_default,
};

thread_local! {
    /// Statements of this thread. A test runs on one thread of its own, and so do its queries.
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

/// Counts what sqlx says it has run. Listens for the whole binary: a subscriber of one thread would come and go
/// while others look up whether anybody listens.
#[derive(Debug)]
pub struct Statements;

impl Statements {
    /// Counts from now on.
    ///
    /// # Panics
    /// When the test binary has another subscriber.
    pub fn listen() {
        static LISTENING: Once = Once::new();
        LISTENING.call_once(|| set_global_default(Self).expect("nobody else listens here"));
        Self::take();
    }

    /// How many this thread has sent since it was last asked.
    pub fn take() -> usize {
        COUNT.replace(0)
    }
}

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
        COUNT.set(COUNT.get() + 1);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}
