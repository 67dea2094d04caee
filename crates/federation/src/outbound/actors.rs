//! Actor documents, made once and kept for as long as they stay the same.
//!
//! Kept under the version of the account and the age of its key, as the client API keeps what it renders: a version is never
//! used twice, so nobody has to tell that something has changed. Peers ask for actors again and again.

use activitypub::emit::{Context, to_document};
use axum::body::Bytes;
use model::{AccountId, account::Card};
use moka::sync::Cache;
use service::accounts;
use time::OffsetDateTime;

use super::documents;
use crate::edge::State;

/// Memory for documents, in bytes; one takes about three thousand.
const CAPACITY: u64 = 4 * 1024 * 1024;

/// Documents of members.
pub(crate) struct Actors(Cache<AccountId, Kept>);

#[derive(Clone)]
struct Kept {
    version: i64,
    key_made_at: Option<OffsetDateTime>,
    document: Bytes,
}

impl Default for Actors {
    fn default() -> Self {
        let weight = |_: &AccountId, kept: &Kept| u32::try_from(kept.document.len() + 200);
        Self(
            Cache::builder()
                .max_capacity(CAPACITY)
                .weigher(move |id, kept| weight(id, kept).unwrap_or(u32::MAX))
                .build(),
        )
    }
}

impl Actors {
    /// The document of a member who is there.
    pub(crate) async fn document(&self, state: &State, card: &Card) -> service::Result<Bytes> {
        let keeps = state.app.settings.shelf_bytes > 0;
        if keeps
            && let Some(kept) = self.0.get(&card.id)
            && kept.is_of(card)
        {
            return Ok(kept.document);
        }
        // Loaded later than the card: what it says may be newer than the version it is kept under, but never older.
        let account = accounts::get(&state.app, card.id).await?;
        let actor = documents::actor(state, &account).await?;
        let document = Bytes::from(to_document(Context::Actor, &actor));
        if keeps {
            let kept = Kept {
                version: card.version,
                key_made_at: card.key_made_at,
                document: document.clone(),
            };
            self.0.insert(card.id, kept);
        }
        Ok(document)
    }
}

impl Kept {
    fn is_of(&self, card: &Card) -> bool {
        self.version == card.version && self.key_made_at == card.key_made_at
    }
}
