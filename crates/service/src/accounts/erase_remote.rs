//! What other servers' accounts have left here is deleted, by a decision of the moderators or because their server says so.
//!
//! The row of an account that carries a measure stays, empty: else it would come back without it (S65).

use jobs::{Failure, Job, Priority};
use model::{AccountId, Domain};
use serde::{Deserialize, Serialize};

use crate::{App, Result, bus::Event};

/// Statuses in one transaction.
const BATCH: i64 = 100;

/// Everything of a suspended account of another server is deleted but its row.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EraseRemoteAccount {
    /// The account.
    pub account_id: AccountId,
}

impl Job for EraseRemoteAccount {
    const KIND: &'static str = "erase_remote_account";
    const PRIORITY: Priority = Priority::LOW;
    const TIME_LIMIT: std::time::Duration = std::time::Duration::from_hours(1);

    fn dedup_key(&self) -> Option<String> {
        Some(self.account_id.to_string())
    }
}

/// Everything of a suspended domain is deleted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PurgeDomain {
    /// The domain, with everything below it.
    pub domain: Domain,
}

impl Job for PurgeDomain {
    const KIND: &'static str = "purge_domain";
    const PRIORITY: Priority = Priority::LOW;
    const TIME_LIMIT: std::time::Duration = std::time::Duration::from_hours(6);

    fn dedup_key(&self) -> Option<String> {
        Some(self.domain.to_string())
    }
}

/// Handles [`EraseRemoteAccount`]. Safe to run twice, and to be cut short. Nothing happens to who is not suspended here any more.
pub(crate) async fn erase_remote(app: &App, job: &EraseRemoteAccount) -> Result<(), Failure> {
    let mut connection = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut connection, job.account_id).await?;
    drop(connection);
    let is_meant = account.is_some_and(|account| {
        let origin = account.suspended.map(|(_, origin)| origin);
        !account.is_local() && origin == Some(model::account::SuspensionOrigin::Local)
    });
    if is_meant {
        empty(app, job.account_id).await?;
    }
    Ok(())
}

/// Handles [`PurgeDomain`].
pub(crate) async fn purge_domain(app: &App, job: &PurgeDomain) -> Result<(), Failure> {
    let mut connection = app.db.acquire().await?;
    let accounts = db::moderation::effects::suspended_below(&mut connection, &job.domain).await?;
    drop(connection);
    for id in accounts {
        empty(app, id).await?;
        let mut tx = app.db.begin().await?;
        if !db::moderation::effects::keep_account(&mut tx, id).await? {
            db::accounts::remove(&mut tx, id).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Removes everything that hangs on an account, in batches, and empties its row.
pub(super) async fn empty(app: &App, id: AccountId) -> Result<()> {
    erase_statuses(app, id).await?;
    let mut tx = app.db.begin().await?;
    db::accounts::remove_relations(&mut tx, id).await?;
    db::moderation::effects::empty_account(&mut tx, id, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Removes all statuses of an account, those too that moderators have taken away.
pub(super) async fn erase_statuses(app: &App, id: AccountId) -> Result<()> {
    loop {
        let mut tx = app.db.begin().await?;
        let batch = db::accounts::some_statuses(&mut tx, id, BATCH).await?;
        for status in &batch {
            db::statuses::mark_deleted(&mut tx, *status, app.clock.now()).await?;
            db::moderation::effects::bury_if_removed(&mut tx, *status, app.clock.now()).await?;
            db::moderation::effects::erase(&mut tx, *status).await?;
        }
        tx.commit().await?;
        for status in &batch {
            app.bus.tell(Event::StatusChanged(*status));
        }
        if batch.is_empty() {
            return Ok(());
        }
    }
}
