//! Tells streams and caches what has changed.
//!
//! Lost messages may delay something, never lose it: whoever listens has another way to find out, and a
//! gap is itself told ([`Event::Resynchronise`]). Inside one process events travel by a channel; between
//! processes (several nodes, or a command beside the running server) by PostgreSQL's LISTEN and NOTIFY.

mod postgres;

use model::{AccountId, StatusId, TokenId};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use tokio::sync::broadcast;

use postgres::Sender;

/// Something has changed. Carries ids only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// A token was revoked.
    TokenRevoked(TokenId),
    /// All tokens and sessions of an account were revoked.
    EverythingRevoked(AccountId),
    /// A status was made, edited or removed.
    StatusChanged(StatusId),
    /// Who may come in, or join, has changed.
    DoorChanged,
    /// Events may have been missed: what is cached is to be forgotten.
    Resynchronise,
}

/// Events a listener may be behind before it misses some.
const BACKLOG: usize = 1024;

/// Where events are told and heard. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Bus {
    here: broadcast::Sender<Event>,
    elsewhere: Option<Sender>,
}

impl Bus {
    /// A bus for one process.
    pub fn in_process() -> Self {
        Self {
            here: broadcast::channel(BACKLOG).0,
            elsewhere: None,
        }
    }

    /// A bus for all processes at one database. Must be made inside a tokio runtime; its tasks end when
    /// the pool is closed.
    pub fn over_postgres(pool: PgPool) -> Self {
        let here = broadcast::channel(BACKLOG).0;
        let elsewhere = postgres::start(pool, here.clone());
        Self {
            here,
            elsewhere: Some(elsewhere),
        }
    }

    /// Tells everybody who listens. Call it after the commit.
    pub fn tell(&self, event: Event) {
        // Nobody listening is no fault.
        let _ = self.here.send(event);
        if let Some(elsewhere) = &self.elsewhere {
            elsewhere.tell(event);
        }
    }

    /// Waits until what was told has been handed to the database; for commands that end right after.
    pub async fn flush(&self) {
        if let Some(elsewhere) = &self.elsewhere {
            elsewhere.flush().await;
        }
    }

    /// Hears what is told from now on.
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.here.subscribe()
    }
}
