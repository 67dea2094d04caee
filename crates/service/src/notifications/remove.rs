//! Putting notifications away.

use model::{AccountId, NotificationId};

use crate::{App, Error, Result};

/// Removes all of a member's.
pub async fn clear(app: &App, member: AccountId) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    Ok(db::notifications::clear(&mut connection, member).await?)
}

/// Removes one of a member's.
pub async fn dismiss(app: &App, member: AccountId, id: NotificationId) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    if db::notifications::dismiss(&mut connection, member, id).await? {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}
