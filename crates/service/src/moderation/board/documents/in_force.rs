//! The adopted documents in force, kept for a moment: every page and every app asks for them.

use std::{sync::Arc, time::Duration};

use model::moderation::document::{Document, DocumentKind};
use moka::future::Cache;
use time::OffsetDateTime;

use crate::{App, Result};

/// Adopted documents read in the last seconds.
#[derive(Clone, Debug)]
pub struct DocumentsCache(Cache<(), Arc<InForce>>);

impl Default for DocumentsCache {
    fn default() -> Self {
        // Other nodes learn of a new version within this time; its own day changes what is shown at once.
        let cache = Cache::builder()
            .max_capacity(1)
            .time_to_live(Duration::from_secs(2))
            .build();
        Self(cache)
    }
}

impl DocumentsCache {
    /// Forgets what was read: something was adopted here.
    pub(crate) fn forget(&self) {
        self.0.invalidate_all();
    }
}

/// What was read.
#[derive(Debug)]
pub(super) struct InForce {
    documents: Vec<Document>,
    /// When it was true.
    read_at: OffsetDateTime,
    /// When the next version's day comes.
    until: Option<OffsetDateTime>,
}

impl InForce {
    pub(super) fn of(&self, kind: DocumentKind) -> Option<&Document> {
        self.documents.iter().find(|document| document.kind == kind)
    }

    fn holds_at(&self, now: OffsetDateTime) -> bool {
        now >= self.read_at && self.until.is_none_or(|until| now < until)
    }
}

/// Adopted documents in force now.
pub(super) async fn adopted(app: &App) -> Result<Arc<InForce>> {
    let now = app.clock.now();
    if let Some(kept) = app.documents.0.get(&()).await
        && kept.holds_at(now)
    {
        return Ok(kept);
    }
    let mut connection = app.db.acquire().await?;
    let read = Arc::new(InForce {
        documents: db::moderation::documents_in_force(&mut connection, now).await?,
        read_at: now,
        until: db::moderation::next_effective_at(&mut connection, now).await?,
    });
    app.documents.0.insert((), read.clone()).await;
    Ok(read)
}
