//! A peer removes a post or boost of its own.

use db::statuses::Known;
use model::{AccountId, notification::NotificationKind};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use url::Url;

use crate::{App, Result, bus::Event, surface};

/// For so long an id is remembered that was gone before it came.
const MEMORY: Duration = Duration::hours(6);

/// What became of a peer's Delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceivedDelete {
    /// It is gone, or was before.
    Deleted,
    /// Remembered for six hours.
    Unknown,
    /// It is somebody else's, or on another server.
    NotOwner,
}

/// A peer's account deletes its post (or its boost) by id.
pub async fn receive_delete(app: &App, by: AccountId, uri: &str) -> Result<ReceivedDelete> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let Some(known) = db::statuses::find_by_uri(&mut tx, uri).await? else {
        if !is_at_home(&mut tx, by, uri).await? {
            return Ok(ReceivedDelete::NotOwner);
        }
        db::statuses::bury(&mut tx, uri, now, Some(now + MEMORY)).await?;
        tx.commit().await?;
        return Ok(ReceivedDelete::Unknown);
    };
    if known.account_id != by {
        return Ok(ReceivedDelete::NotOwner);
    }
    remove(&mut tx, &known, now).await?;
    tx.commit().await?;
    app.bus.tell(Event::StatusChanged(known.id));
    Ok(ReceivedDelete::Deleted)
}

/// Removes a peer's status for good: nobody has to be told by us.
pub(super) async fn remove(
    connection: &mut PgConnection,
    known: &Known,
    now: OffsetDateTime,
) -> Result<()> {
    if !db::statuses::mark_deleted(connection, known.id, now).await? {
        // Moderators had taken it away; now its author has, and it does not come back.
        db::moderation::effects::bury_if_removed(connection, known.id, now).await?;
    }
    if let Some(boosted) = known.boost_of {
        surface::unnotify_about(
            connection,
            NotificationKind::Boost,
            known.account_id,
            boosted,
        )
        .await?;
    }
    if !known.local {
        db::statuses::purge(connection, known.id).await?;
    }
    Ok(())
}

/// Whether an id lies on the server of an account. Only there may it say that something is gone: else anybody could
/// keep anybody's posts away from us.
pub(super) async fn is_at_home(
    connection: &mut PgConnection,
    account: AccountId,
    uri: &str,
) -> Result<bool> {
    let Some(account) = db::accounts::by_id(connection, account).await? else {
        return Ok(false);
    };
    Ok(authority(uri).is_some_and(|authority| Some(authority) == self::authority(&account.uri)))
}

fn authority(url: &str) -> Option<(String, Option<u16>)> {
    let url = Url::parse(url).ok()?;
    Some((url.host_str()?.to_owned(), url.port_or_known_default()))
}

/// Remembers for six hours that an id was undone or deleted before it arrived. The caller has made sure that it may say so.
pub async fn remember_gone(app: &App, uri: &str) -> Result<()> {
    let now = app.clock.now();
    let mut connection = app.db.acquire().await?;
    Ok(db::statuses::bury(&mut connection, uri, now, Some(now + MEMORY)).await?)
}

/// Remembers an undone id in the transaction that looked for it.
pub(super) async fn remember_undone(
    connection: &mut PgConnection,
    by: AccountId,
    uri: &str,
    now: OffsetDateTime,
) -> Result<()> {
    if is_at_home(connection, by, uri).await? {
        db::statuses::bury(connection, uri, now, Some(now + MEMORY)).await?;
    }
    Ok(())
}

/// Whether an id is known to be gone.
pub async fn is_gone(app: &App, uri: &str) -> Result<bool> {
    let mut connection = app.db.acquire().await?;
    Ok(db::statuses::is_gone(&mut connection, uri, app.clock.now()).await?)
}
