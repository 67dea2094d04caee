//! Finding a follow by the id that peers know.

use model::AccountId;

use crate::{App, Result};

/// Who follows, or asks to follow, whom under this ActivityPub id: (follower, followee).
pub async fn find_by_uri(app: &App, uri: &str) -> Result<Option<(AccountId, AccountId)>> {
    let mut connection = app.db.acquire().await?;
    if let Some(pair) = db::relationships::find_follow_by_uri(&mut connection, uri).await? {
        return Ok(Some(pair));
    }
    Ok(db::relationships::find_request_by_uri(&mut connection, uri).await?)
}
