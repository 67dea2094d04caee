//! What those whom a member follows have written and boosted.

use model::{AccountId, Page, StatusGlimpse};

use crate::{App, Result};

/// A member's home, newest first.
pub async fn home(app: &App, member: AccountId, page: Page) -> Result<Vec<StatusGlimpse>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::home::page(&mut connection, member, page).await?)
}
