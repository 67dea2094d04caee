//! What a member has reported, and whether it was looked at. What was done stays between the moderators and whom it was
//! done to.

pub use db::moderation::OwnReport;
use model::AccountId;

use crate::{App, Result};

/// What a member has reported lately, newest first.
pub async fn own(app: &App, member: AccountId) -> Result<Vec<OwnReport>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::moderation::reports_by(&mut connection, member, 50).await?)
}
