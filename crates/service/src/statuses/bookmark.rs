//! Keeping a post, for oneself alone.

use model::{AccountId, Page, StatusGlimpse, StatusId, status::StatusView};

use super::{
    favourite::listed,
    get::{original, seen},
};
use crate::{App, Listed, Result};

/// Keeps a post; twice is once.
pub async fn bookmark(app: &App, by: AccountId, id: StatusId) -> Result<StatusView> {
    let mut tx = app.db.begin().await?;
    let post = original(seen(&mut tx, by, id).await?);
    db::statuses::add_bookmark(&mut tx, by, post.status.id, app.clock.now()).await?;
    let view = seen(&mut tx, by, id).await?;
    tx.commit().await?;
    Ok(view)
}

/// Keeps it no longer.
pub async fn unbookmark(app: &App, by: AccountId, id: StatusId) -> Result<StatusView> {
    let mut tx = app.db.begin().await?;
    let post = original(seen(&mut tx, by, id).await?);
    db::statuses::remove_bookmark(&mut tx, by, post.status.id).await?;
    let view = seen(&mut tx, by, id).await?;
    tx.commit().await?;
    Ok(view)
}

/// What a member has kept and may still see, newest first.
pub async fn bookmarks(app: &App, of: AccountId, page: Page) -> Result<Vec<Listed<StatusGlimpse>>> {
    let mut connection = app.db.acquire().await?;
    let rows = db::statuses::bookmarked_by(&mut connection, of, page).await?;
    Ok(listed(rows))
}
