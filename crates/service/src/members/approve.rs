//! Letting somebody in who has asked.

use model::AccountId;

use crate::{App, Error, Result};

/// Lets somebody in. Twice is as good as once.
pub async fn approve(app: &App, id: AccountId) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    let found = db::members::approve(&mut connection, id, app.clock.now()).await?;
    if found { Ok(()) } else { Err(Error::NotFound) }
}
