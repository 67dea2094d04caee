//! Showing a post to one's own followers.

use db::statuses::{Address, Insertion, NewStatus, Sight};
use model::{AccountId, StatusId, Visibility, notification::NotificationKind, status::StatusView};
use sqlx::PgConnection;

use super::{
    delete::retract,
    favourite::forbid_towards_blocked,
    get::{original, seen},
    limits::check_visibility,
};
use crate::{
    App, Error, Result,
    bus::Event,
    consequences::{Publish, enqueue},
    surface::{self, Arrived, Followers, Notice},
};

/// The boost itself (its `boost_of` is the post). Twice gives the same boost. Only what everybody may see, or one's own
/// followers-only post, can be boosted.
pub async fn boost(
    app: &App,
    by: AccountId,
    id: StatusId,
    visibility: Option<Visibility>,
) -> Result<StatusView> {
    let mut tx = app.db.begin().await?;
    let post = original(seen(&mut tx, by, id).await?);
    if !may_boost(by, &post) {
        return Err(not_allowed());
    }
    forbid_towards_blocked(&mut tx, by, post.status.account_id).await?;
    if let Some(boost) = db::statuses::find_boost(&mut tx, by, post.status.id).await? {
        return seen(&mut tx, by, boost).await;
    }
    let Some(boost) = insert(app, &mut tx, by, &post, visibility).await? else {
        // Somebody pressed twice, and the other press was faster.
        tx.rollback().await?;
        let mut connection = app.db.acquire().await?;
        let boost = db::statuses::find_boost(&mut connection, by, post.status.id)
            .await?
            .ok_or(Error::NotFound)?;
        return seen(&mut connection, by, boost).await;
    };
    let view = seen(&mut tx, by, boost).await?;
    tx.commit().await?;
    app.bus.tell(Event::StatusChanged(boost));
    Ok(view)
}

async fn insert(
    app: &App,
    connection: &mut PgConnection,
    by: AccountId,
    post: &StatusView,
    visibility: Option<Visibility>,
) -> Result<Option<StatusId>> {
    let now = app.clock.now();
    let member = db::statuses::author(connection, by)
        .await?
        .ok_or(Error::NotFound)?;
    let visibility = if post.status.visibility.is_for_everybody() {
        check_visibility(visibility.unwrap_or(member.defaults.visibility))?
    } else {
        // A boost reaches nobody whom the post would not.
        post.status.visibility
    };
    let new = NewStatus {
        account_id: by,
        address: Address::Ours {
            actor: &member.uri,
            profile: &member.url,
            conversation: "",
        },
        placed_at: now,
        created_at: now,
        now,
        edited_at: None,
        in_reply_to_uri: None,
        boost_of: Some(post.status.id),
        source: "",
        content: "",
        title: None,
        spoiler: "",
        visibility,
        sensitive: false,
        language: None,
        conversation_uri: None,
        emojis: &[],
        attachments: &[],
        tags: &[],
        mentions: &[],
        application_id: None,
        favourites_count: 0,
        boosts_count: 0,
        key: None,
    };
    let Insertion::New(inserted) = db::statuses::insert(connection, &new).await? else {
        return Ok(None);
    };
    let followers = Followers::AtMost(member.followers_count);
    let is_followed_elsewhere = surface::arrive(
        app,
        connection,
        Arrived {
            status: inserted.id,
            author: by,
            named: &[],
            followers,
        },
    )
    .await?;
    let notice = Notice {
        kind: NotificationKind::Boost,
        to: post.status.account_id,
        from: by,
        status: Some(post.status.id),
    };
    surface::notify(connection, now, notice).await?;
    if is_followed_elsewhere || !post.author.is_local() {
        let job = Publish {
            status_id: inserted.id,
        };
        enqueue(connection, &job).await?;
    }
    Ok(Some(inserted.id))
}

/// Takes the boost back. The answer is the post, without the boost.
pub async fn unboost(app: &App, by: AccountId, id: StatusId) -> Result<StatusView> {
    let mut tx = app.db.begin().await?;
    let post = original(seen(&mut tx, by, id).await?);
    let boost = db::statuses::find_boost(&mut tx, by, post.status.id).await?;
    if let Some(boost) = boost
        && let Some(boost) = db::statuses::view(&mut tx, Sight::Of(by.into()), boost).await?
    {
        match retract(app, &mut tx, &boost).await {
            // Pressed twice: the other press has taken it back already.
            Ok(()) | Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let view = seen(&mut tx, by, post.status.id).await?;
    tx.commit().await?;
    if let Some(boost) = boost {
        app.bus.tell(Event::StatusChanged(boost));
    }
    Ok(view)
}

/// Whether an account may boost a post that it may see.
pub(super) fn may_boost(by: AccountId, post: &StatusView) -> bool {
    match post.status.visibility {
        Visibility::Public | Visibility::Unlisted => true,
        Visibility::Private => post.status.account_id == by,
        Visibility::Limited | Visibility::Direct => false,
    }
}

fn not_allowed() -> Error {
    Error::Forbidden("This action is not allowed".to_owned())
}
