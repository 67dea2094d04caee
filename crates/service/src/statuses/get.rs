//! Showing statuses.

pub use db::statuses::Bodies;
use db::statuses::Sight;
use model::{AccountId, StatusGlimpse, StatusId, Viewer, status::StatusView};
use sqlx::PgConnection;

use crate::{App, Error, Result};

/// One status, if the viewer may see it.
pub async fn get(app: &App, viewer: Viewer, id: StatusId) -> Result<StatusView> {
    let mut connection = app.db.acquire().await?;
    seen(&mut connection, viewer, id).await
}

/// Several at a glance; what the viewer may not see is left out; in the order asked.
pub async fn many(app: &App, viewer: Viewer, ids: &[StatusId]) -> Result<Vec<StatusGlimpse>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::statuses::glimpses(&mut connection, viewer, ids).await?)
}

/// What glimpses leave out of statuses and accounts, in one query. It is for whoever may see the glimpses; what is gone
/// meanwhile is left out.
pub async fn bodies(app: &App, statuses: &[StatusId], people: &[AccountId]) -> Result<Bodies> {
    let mut connection = app.db.acquire().await?;
    Ok(db::statuses::bodies(&mut connection, statuses, people).await?)
}

/// All of what is seen at a glance, for whoever keeps nothing.
pub async fn views(
    app: &App,
    viewer: Viewer,
    glimpses: &[StatusGlimpse],
) -> Result<Vec<StatusView>> {
    let ids: Vec<StatusId> = glimpses.iter().map(|glimpse| glimpse.id).collect();
    let mut connection = app.db.acquire().await?;
    Ok(db::statuses::views(&mut connection, Sight::Of(viewer), &ids).await?)
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
