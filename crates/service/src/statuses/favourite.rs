//! Marking a post as favourite.

use db::statuses::{LikeUri, NewFavourite};
use model::{
    AccountId, Page, StatusGlimpse, StatusId, notification::NotificationKind, status::StatusView,
};

use super::get::{original, seen};
use crate::{
    App, Error, Listed, Result,
    consequences::{SendLike, SendUndoLike, enqueue},
    surface::{self, Notice},
};

/// Marks a post; twice is once. Of a boost, what it boosts is marked.
pub async fn favourite(app: &App, by: AccountId, id: StatusId) -> Result<StatusView> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let post = original(seen(&mut tx, by, id).await?);
    forbid_towards_blocked(&mut tx, by, post.status.account_id).await?;
    let member = db::statuses::author(&mut tx, by)
        .await?
        .ok_or(Error::NotFound)?;
    let new = NewFavourite {
        by,
        of: post.status.id,
        uri: LikeUri::OfMember(&member.uri),
    };
    if let Some(uri) = db::statuses::add_favourite(&mut tx, new, now).await? {
        let notice = Notice {
            kind: NotificationKind::Favourite,
            to: post.status.account_id,
            from: by,
            status: Some(post.status.id),
        };
        surface::notify(&mut tx, now, notice).await?;
        if !post.status.local {
            enqueue(
                &mut tx,
                &SendLike {
                    account_id: by,
                    status_id: post.status.id,
                    uri,
                },
            )
            .await?;
        }
    }
    let view = seen(&mut tx, by, id).await?;
    tx.commit().await?;
    Ok(view)
}

/// Takes the mark away. What one may not see any more is not found (S32).
pub async fn unfavourite(app: &App, by: AccountId, id: StatusId) -> Result<StatusView> {
    let mut tx = app.db.begin().await?;
    let post = original(seen(&mut tx, by, id).await?);
    if let Some(removed) = db::statuses::remove_favourite(&mut tx, by, post.status.id).await? {
        surface::unnotify_about(&mut tx, NotificationKind::Favourite, by, post.status.id).await?;
        if !post.status.local {
            let job = SendUndoLike {
                account_id: by,
                status_id: post.status.id,
                uri: removed.uri,
            };
            enqueue(&mut tx, &job).await?;
        }
    }
    let view = seen(&mut tx, by, id).await?;
    tx.commit().await?;
    Ok(view)
}

/// What a member has marked and may still see, newest mark first.
pub async fn favourites(
    app: &App,
    of: AccountId,
    page: Page,
) -> Result<Vec<Listed<StatusGlimpse>>> {
    let mut connection = app.db.acquire().await?;
    let rows = db::statuses::favourites_of(&mut connection, of, page).await?;
    Ok(listed(rows))
}

/// With the numbers of the relations that list them.
pub(super) fn listed(rows: Vec<(i64, StatusGlimpse)>) -> Vec<Listed<StatusGlimpse>> {
    rows.into_iter()
        .map(|(cursor, item)| Listed { cursor, item })
        .collect()
}

/// Nobody reacts to those whom they block, as in Mastodon.
pub(super) async fn forbid_towards_blocked(
    connection: &mut sqlx::PgConnection,
    by: AccountId,
    author: AccountId,
) -> Result<()> {
    if db::relationships::blocks_either_way(connection, by, author).await? {
        return Err(Error::Forbidden("This action is not allowed".to_owned()));
    }
    Ok(())
}
