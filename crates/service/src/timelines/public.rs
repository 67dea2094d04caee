//! What everybody may see of everybody.

use db::statuses::Sight;
use model::{Page, Viewer, status::StatusView, timeline::Reach};

use crate::{App, Result};

/// Public posts, newest first: no boosts, and no answers to others, as in Mastodon.
pub async fn public(
    app: &App,
    viewer: Viewer,
    reach: Reach,
    only_media: bool,
    page: Page,
) -> Result<Vec<StatusView>> {
    let mut connection = app.db.acquire().await?;
    let ids = db::timelines::public(&mut connection, viewer, reach, only_media, page).await?;
    Ok(db::statuses::views(&mut connection, Sight::Of(viewer), &ids).await?)
}
