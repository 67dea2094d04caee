//! What the federation edge asks to make documents and to find what activities name.

use db::statuses::Sight;
use model::{AccountId, Page, StatusId, Viewer, status::StatusView};
use sqlx::PgConnection;

use super::get::views;
use crate::{App, Result, urls::Ours};

/// By ActivityPub id, ours or a peer's, whoever may see it. Our own are found by their pages too.
pub async fn find_by_uri(app: &App, uri: &str) -> Result<Option<StatusId>> {
    let mut connection = app.db.acquire().await?;
    if let Some(known) = db::statuses::find_by_uri(&mut connection, uri).await? {
        return Ok((!known.is_deleted).then_some(known.id));
    }
    let Some(Ours::Status(id)) = app.urls.read(uri) else {
        return Ok(None);
    };
    Ok(db::statuses::own_uri(&mut connection, id)
        .await?
        .map(|_| id))
}

/// The id under which peers know what a URL of ours names; anything else as it is.
pub(super) async fn canonical(
    app: &App,
    connection: &mut PgConnection,
    uri: String,
) -> Result<String> {
    let Some(Ours::Status(id)) = app.urls.read(&uri) else {
        return Ok(uri);
    };
    Ok(db::statuses::own_uri(connection, id).await?.unwrap_or(uri))
}

/// With everything, whoever may see it; for making documents. Deleted ones too (for their Delete).
pub async fn load(app: &App, id: StatusId) -> Result<Option<StatusView>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::statuses::view(&mut connection, Sight::Everything, id).await?)
}

/// Public and unlisted posts and boosts of an account for its outbox, newest first.
pub async fn outbox(
    app: &App,
    author: AccountId,
    viewer: Viewer,
    page: Page,
) -> Result<Vec<StatusView>> {
    let mut connection = app.db.acquire().await?;
    let found = db::timelines::outbox(&mut connection, viewer, author, page).await?;
    drop(connection);
    views(app, viewer, &found).await
}

/// People addressed by a status: mentioned accounts, silent ones included.
pub async fn addressed(app: &App, id: StatusId) -> Result<Vec<AccountId>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::statuses::addressed(&mut connection, id).await?)
}
