//! A peer's account likes a post of ours, or likes it no longer.

use db::statuses::{LikeUri, NewFavourite, Sight};
use model::{AccountId, StatusId, Viewer, notification::NotificationKind};

use super::{get::original, receive_boost::Undone, receive_delete::remember_undone};
use crate::{
    App, Result,
    surface::{self, Notice},
};

/// A peer's account likes a local status it may see. False: it may not, or the Like was undone before. Twice is once.
pub async fn receive_favourite(app: &App, by: AccountId, of: StatusId, uri: &str) -> Result<bool> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    if db::statuses::is_gone(&mut tx, uri, now).await? {
        return Ok(false);
    }
    let Some(post) = db::statuses::view(&mut tx, Sight::Of(Viewer::Account(by)), of)
        .await?
        .map(original)
    else {
        return Ok(false);
    };
    let liker = db::accounts::by_id(&mut tx, by).await?;
    if !post.status.local
        || liker.is_none_or(|liker| liker.is_suspended())
        || db::relationships::blocks_either_way(&mut tx, by, post.status.account_id).await?
    {
        return Ok(false);
    }
    let new = NewFavourite {
        by,
        of: post.status.id,
        uri: LikeUri::Given(uri),
    };
    if db::statuses::add_favourite(&mut tx, new, now)
        .await?
        .is_some()
    {
        let notice = Notice {
            kind: NotificationKind::Favourite,
            to: post.status.account_id,
            from: by,
            status: Some(post.status.id),
        };
        surface::notify(&mut tx, now, notice).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Undoes a Like by its id, or by what it likes. False when there was none; an id is then remembered for six hours.
pub async fn receive_unfavourite(app: &App, by: AccountId, which: Undone<'_>) -> Result<bool> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let removed = match which {
        Undone::Uri(uri) => db::statuses::remove_favourite_by_uri(&mut tx, by, uri).await?,
        Undone::Of(of) => db::statuses::remove_favourite(&mut tx, by, of).await?,
    };
    match (&removed, which) {
        (Some(removed), _) => {
            surface::unnotify_about(&mut tx, NotificationKind::Favourite, by, removed.of).await?;
        }
        (None, Undone::Uri(uri)) => remember_undone(&mut tx, by, uri, now).await?,
        (None, Undone::Of(_)) => {}
    }
    tx.commit().await?;
    Ok(removed.is_some())
}
