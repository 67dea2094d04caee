//! Showing statuses.

use db::statuses::Sight;
use model::{StatusId, Viewer, status::StatusView};
use sqlx::PgConnection;

use crate::{App, Error, Result};

/// One status, if the viewer may see it.
pub async fn get(app: &App, viewer: Viewer, id: StatusId) -> Result<StatusView> {
    let mut connection = app.db.acquire().await?;
    seen(&mut connection, viewer, id).await
}

/// Several; what the viewer may not see is left out; in the order asked.
pub async fn many(app: &App, viewer: Viewer, ids: &[StatusId]) -> Result<Vec<StatusView>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::statuses::views(&mut connection, Sight::Of(viewer), ids).await?)
}

/// One status as the viewer sees it; invisible equals absent (S33).
pub(super) async fn seen(
    connection: &mut PgConnection,
    viewer: impl Into<Viewer>,
    id: StatusId,
) -> Result<StatusView> {
    db::statuses::view(connection, Sight::Of(viewer.into()), id)
        .await?
        .ok_or(Error::NotFound)
}

/// The post itself: what a boost boosts, or else the status as it is. Reactions go to it, as in Mastodon.
pub(super) fn original(view: StatusView) -> StatusView {
    match view.boost_of {
        Some(original) => *original,
        None => view,
    }
}
