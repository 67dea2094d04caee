//! Tells streams and caches what has changed.
//!
//! Lost messages may delay something, never lose it: whoever listens has another way to find out.
//! In-process now; between nodes it travels by PostgreSQL's LISTEN and NOTIFY.

use model::{AccountId, StatusId, TokenId};
use tokio::sync::broadcast;

/// Something has changed. Carries ids only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A token was revoked.
    TokenRevoked(TokenId),
    /// All tokens and sessions of an account were revoked.
    EverythingRevoked(AccountId),
    /// A status was made, edited or removed.
    StatusChanged(StatusId),
}

/// Where events are told and heard.
#[derive(Clone, Debug)]
pub struct Bus(broadcast::Sender<Event>);

impl Bus {
    /// A bus for one process.
    pub fn in_process() -> Self {
        Self(broadcast::channel(1024).0)
    }

    /// Tells everybody who listens. Call it after the commit.
    pub fn tell(&self, event: Event) {
        // Nobody listening is no fault.
        let _ = self.0.send(event);
    }

    /// Hears what is told from now on.
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.0.subscribe()
    }
}
