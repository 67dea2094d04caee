//! One piece of work and what it may cost.
//!
//! S07: in other servers, discovering people, posts and pins recursed without end. Here a budget of requests travels
//! with the job or the question that started them; when it is spent, what is still unknown stays unknown.

use std::sync::atomic::{AtomicUsize, Ordering};

use service::App;

use crate::edge::Edge;

/// Requests that one activity, or one question of a member, may cause.
const REQUESTS: usize = 80;

/// One piece of work.
pub(crate) struct Run<'a> {
    pub(crate) app: &'a App,
    pub(crate) edge: &'a Edge,
    left: AtomicUsize,
}

impl<'a> Run<'a> {
    pub(crate) fn new(app: &'a App, edge: &'a Edge) -> Self {
        Self {
            app,
            edge,
            left: AtomicUsize::new(REQUESTS),
        }
    }

    /// Takes one request from the budget; false when it is spent.
    pub(crate) fn may_ask(&self) -> bool {
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(1)
            })
            .is_ok()
    }
}
