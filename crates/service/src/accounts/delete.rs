//! A member's account is deleted, at its owner's wish or at the end of a leaver's time.
//!
//! At once it is out of sight: profile emptied, nobody can sign in, and peers are told. Its posts and relations go in
//! batches; its row, which signs what tells peers, goes when every delivery was tried. The name stays reserved (S76).

use jobs::{Failure, Job, Priority};
use model::AccountId;
use serde::{Deserialize, Serialize};

use crate::{
    App, Error, Result, auth,
    consequences::{PublishDeletion, enqueue},
};

/// What hangs on a deleted account is removed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EraseAccount {
    /// The account.
    pub account_id: AccountId,
}

impl Job for EraseAccount {
    const KIND: &'static str = "erase_account";
    const PRIORITY: Priority = Priority::LOW;
    const TIME_LIMIT: std::time::Duration = std::time::Duration::from_hours(1);

    fn dedup_key(&self) -> Option<String> {
        Some(self.account_id.to_string())
    }
}

/// Deletes a member's account. `Forbidden` while it is suspended or frozen: what moderation has decided stays.
pub async fn delete(app: &App, id: AccountId) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let Some(member) = db::members::find(&mut tx, id).await? else {
        return Err(Error::NotFound);
    };
    if member.disabled_at.is_some() {
        return Err(Error::Forbidden(
            "This account is frozen, so it cannot be deleted at present.".into(),
        ));
    }
    // In the order in which a sign-in, a run of the sync and leaving take their locks: who somebody is to a source, the
    // member, the account, and then what is open. Else two of them wait for each other.
    db::members::remove(&mut tx, id).await?;
    if !db::accounts::close(&mut tx, id, now).await? {
        return Err(Error::Forbidden(
            "This account is suspended, so it cannot be deleted at present.".into(),
        ));
    }
    auth::revoke_everything_in(&mut tx, app, id).await?;
    enqueue(&mut tx, &PublishDeletion { account_id: id }).await?;
    enqueue(&mut tx, &EraseAccount { account_id: id }).await?;
    tx.commit().await?;
    auth::tell_revoked(app, id);
    Ok(())
}

/// Handles [`EraseAccount`]. Safe to run twice, and to be cut short: what is left is found again.
pub(crate) async fn erase(app: &App, job: &EraseAccount) -> Result<(), Failure> {
    let id = job.account_id;
    let mut connection = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut connection, id).await?;
    drop(connection);
    if !account.is_some_and(|account| account.is_gone()) {
        return Ok(());
    }
    super::erase_remote::erase_statuses(app, id).await?;
    let mut tx = app.db.begin().await?;
    db::accounts::remove_relations(&mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}

/// Removes the row of an account that was deleted long enough ago.
pub(crate) async fn forget_deleted(app: &App, id: AccountId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let account = db::accounts::by_id(&mut tx, id).await?;
    if account.is_some_and(|account| account.is_gone()) {
        db::accounts::remove(&mut tx, id).await?;
    }
    tx.commit().await?;
    Ok(())
}
