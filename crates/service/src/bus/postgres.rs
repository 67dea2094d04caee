//! The bus between processes.
//!
//! NOTIFY takes a lock on the whole database at commit (R14), so it is sent outside the transactions of
//! members and peers, by one task, which gathers what was told within fifty milliseconds into one message.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sqlx::{PgPool, postgres::PgListener};
use tokio::{
    sync::{broadcast, mpsc, oneshot},
    time::sleep,
};
use tracing::{debug, warn};

use super::Event;
use crate::keys::random_bytes;

const CHANNEL: &str = "moot_bus";
/// How long events are gathered before they are sent.
const GATHER: Duration = Duration::from_millis(50);
/// How long to wait before the database is tried again.
const RETRY: Duration = Duration::from_secs(1);
/// Events in one message; its text stays far below PostgreSQL's 8,000 bytes.
const MOST: usize = 100;

/// What travels: who tells, and what.
#[derive(Serialize, Deserialize)]
struct Message {
    node: u64,
    events: Vec<Event>,
}

enum Order {
    Tell(Event),
    Flush(oneshot::Sender<()>),
}

/// Hands events to the task that sends them.
#[derive(Clone, Debug)]
pub(super) struct Sender(mpsc::UnboundedSender<Order>);

impl Sender {
    pub(super) fn tell(&self, event: Event) {
        // The task ends with the pool, that is with the process.
        let _ = self.0.send(Order::Tell(event));
    }

    pub(super) async fn flush(&self) {
        let (done, waits) = oneshot::channel();
        if self.0.send(Order::Flush(done)).is_ok() {
            let _ = waits.await;
        }
    }
}

/// Starts the two tasks: one sends, one listens.
pub(super) fn start(pool: PgPool, here: broadcast::Sender<Event>) -> Sender {
    let node = u64::from_ne_bytes(random_bytes());
    let (orders, inbox) = mpsc::unbounded_channel();
    tokio::spawn(send(pool.clone(), node, inbox));
    tokio::spawn(listen(pool, node, here));
    Sender(orders)
}

async fn send(pool: PgPool, node: u64, mut inbox: mpsc::UnboundedReceiver<Order>) {
    let mut orders = Vec::with_capacity(MOST);
    while inbox.recv_many(&mut orders, MOST).await > 0 {
        if !orders.iter().any(|order| matches!(order, Order::Flush(_))) {
            sleep(GATHER).await;
            while orders.len() < MOST {
                let Ok(order) = inbox.try_recv() else { break };
                orders.push(order);
            }
        }
        let mut events = Vec::new();
        let mut flushes = Vec::new();
        for order in orders.drain(..) {
            match order {
                Order::Tell(event) if !events.contains(&event) => events.push(event),
                Order::Tell(_) => {}
                Order::Flush(done) => flushes.push(done),
            }
        }
        if !events.is_empty() {
            let message = serde_json::to_string(&Message { node, events }).expect("ids are JSON");
            let sent = sqlx::query("SELECT pg_notify($1, $2)")
                .bind(CHANNEL)
                .bind(message)
                .execute(&pool)
                .await;
            if let Err(error) = sent {
                if pool.is_closed() {
                    return;
                }
                warn!(error = %error, "Other nodes could not be told of a change; their caches run out by themselves");
            }
        }
        for done in flushes {
            let _ = done.send(());
        }
    }
}

async fn listen(pool: PgPool, node: u64, here: broadcast::Sender<Event>) {
    while !pool.is_closed() {
        match listen_once(&pool, node, &here).await {
            Ok(()) => {}
            Err(error) => debug!(error = %error, "The bus listens again in a second"),
        }
        // Whatever was told meanwhile was not heard.
        let _ = here.send(Event::Resynchronise);
        sleep(RETRY).await;
    }
}

/// Hears until the connection breaks.
async fn listen_once(
    pool: &PgPool,
    node: u64,
    here: &broadcast::Sender<Event>,
) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    while let Some(notification) = listener.try_recv().await? {
        let Ok(message) = serde_json::from_str::<Message>(notification.payload()) else {
            continue;
        };
        if message.node == node {
            continue;
        }
        for event in message.events {
            let _ = here.send(event);
        }
    }
    Ok(())
}
