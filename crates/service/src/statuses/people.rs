//! Who has reacted to a post.

use model::{Account, AccountId, Page, StatusId, Viewer};

use super::get::seen;
use crate::{App, Listed, Result, accounts};

/// Who has marked a post as favourite, as far as the viewer may see the post (S32).
pub async fn favourited_by(
    app: &App,
    viewer: Viewer,
    id: StatusId,
    page: Page,
) -> Result<Vec<Listed<Account>>> {
    let mut connection = app.db.acquire().await?;
    seen(&mut connection, viewer, id).await?;
    let rows: Vec<(i64, AccountId)> =
        db::statuses::favourited_by(&mut connection, id, page).await?;
    accounts::listed(&mut connection, rows).await
}

/// Who has boosted a post, as far as the viewer may see the post and the boosts.
pub async fn boosted_by(
    app: &App,
    viewer: Viewer,
    id: StatusId,
    page: Page,
) -> Result<Vec<Listed<Account>>> {
    let mut connection = app.db.acquire().await?;
    seen(&mut connection, viewer, id).await?;
    let rows = db::statuses::boosted_by(&mut connection, viewer, id, page).await?;
    accounts::listed(&mut connection, rows).await
}
