//! Being woken by NOTIFY. A comfort, not a promise: whatever is missed here, polling finds.

use std::sync::Arc;
use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::PgListener;
use tokio::sync::Notify;
use tracing::warn;

use crate::enqueue::CHANNEL;

/// How long to leave the database alone after a lost connection.
const PAUSE: Duration = Duration::from_secs(5);

/// Listens until dropped, on one connection of the pool; wakes `bell` for every notification and every reconnection.
pub(crate) async fn listen(pool: PgPool, bell: Arc<Notify>) {
    loop {
        if let Err(error) = listen_once(&pool, &bell).await {
            warn!(
                error = &error as &dyn std::error::Error,
                "The queue cannot listen for new jobs and polls until it can"
            );
        }
        if pool.is_closed() {
            return;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn listen_once(pool: &PgPool, bell: &Notify) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        // What was notified before now, or while disconnected (`None`), is found by looking.
        bell.notify_one();
        listener.try_recv().await?;
    }
}
