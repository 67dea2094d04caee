//! Removing one's own post.

use model::{AccountId, StatusId, notification::NotificationKind, status::StatusView};
use sqlx::PgConnection;

use super::get::seen;
use crate::{
    App, Error, Result,
    bus::Event,
    consequences::{Retract, enqueue},
    surface,
};

/// Removes an own post; returns it as it was (with its source). Somebody else's is not found.
pub async fn delete(app: &App, author: AccountId, id: StatusId) -> Result<StatusView> {
    let mut tx = app.db.begin().await?;
    let view = seen(&mut tx, author, id).await?;
    if view.status.account_id != author {
        return Err(Error::NotFound);
    }
    retract(app, &mut tx, &view).await?;
    tx.commit().await?;
    app.bus.tell(Event::StatusChanged(id));
    Ok(view)
}

/// Takes a member's post or boost from sight and lets peers be told.
pub(super) async fn retract(
    app: &App,
    connection: &mut PgConnection,
    view: &StatusView,
) -> Result<()> {
    let status = &view.status;
    if !db::statuses::mark_deleted(connection, status.id, app.clock.now()).await? {
        return Err(Error::NotFound);
    }
    if let Some(boosted) = status.boost_of_id {
        surface::unnotify_about(
            connection,
            NotificationKind::Boost,
            status.account_id,
            boosted,
        )
        .await?;
    }
    enqueue(
        connection,
        &Retract {
            status_id: status.id,
        },
    )
    .await
}

/// Removes the row of a deleted status once peers have been told.
pub async fn purge(app: &App, id: StatusId) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    Ok(db::statuses::purge(&mut connection, id).await?)
}
