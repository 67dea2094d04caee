//! Doing the same thing many times at once (R20).

use std::{future::Future, sync::Arc};

use service::App;
use tokio::{sync::Barrier, task::JoinSet};

/// Starts `times` tasks that all wait for each other before they begin, and gives what came of each.
pub(crate) async fn at_once<F, T>(app: &App, times: usize, task: impl Fn(App, usize) -> F) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let start = Arc::new(Barrier::new(times));
    let mut tasks = JoinSet::new();
    for number in 0..times {
        let (start, task) = (Arc::clone(&start), task(app.clone(), number));
        tasks.spawn(async move {
            start.wait().await;
            task.await
        });
    }
    tasks.join_all().await
}
