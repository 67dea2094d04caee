//! A peer's account blocks a member.

use model::AccountId;

use super::unfollow;
use crate::{App, Result};

/// A peer's account blocks a member: both follows end, and the two see nothing of each other.
pub async fn receive_block(
    app: &App,
    blocker: AccountId,
    blocked: AccountId,
    uri: &str,
) -> Result<()> {
    let mut tx = app.db.begin().await?;
    db::relationships::insert_block(&mut tx, blocker, blocked, uri, app.clock.now()).await?;
    unfollow::end(&mut tx, blocker, blocked).await?;
    unfollow::end(&mut tx, blocked, blocker).await?;
    tx.commit().await?;
    Ok(())
}

/// A peer's account ends a block. False: there was none.
pub async fn receive_undo_block(app: &App, blocker: AccountId, blocked: AccountId) -> Result<bool> {
    let mut connection = app.db.acquire().await?;
    Ok(db::relationships::remove_block(&mut connection, blocker, blocked).await?)
}

/// Who blocks whom under this ActivityPub id.
pub async fn find_block_by_uri(app: &App, uri: &str) -> Result<Option<(AccountId, AccountId)>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::relationships::find_block_by_uri(&mut connection, uri).await?)
}
