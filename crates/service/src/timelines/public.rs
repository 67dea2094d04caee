//! What everybody may see of everybody.

use model::{Page, StatusGlimpse, Viewer, timeline::Reach};

use crate::{App, Result};

/// Public posts, newest first: no boosts, and no answers to others, as in Mastodon.
pub async fn public(
    app: &App,
    viewer: Viewer,
    reach: Reach,
    only_media: bool,
    page: Page,
) -> Result<Vec<StatusGlimpse>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::timelines::public(&mut connection, viewer, reach, only_media, page).await?)
}
