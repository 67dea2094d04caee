//! What those whom a member follows have written and boosted.

use db::statuses::Sight;
use model::{AccountId, Page, Viewer, status::StatusView};

use crate::{App, Result};

/// A member's home, newest first.
pub async fn home(app: &App, member: AccountId, page: Page) -> Result<Vec<StatusView>> {
    let mut connection = app.db.acquire().await?;
    let ids = db::home::page(&mut connection, member, page).await?;
    Ok(db::statuses::views(&mut connection, Sight::Of(Viewer::Account(member)), &ids).await?)
}
