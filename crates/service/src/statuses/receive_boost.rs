//! A peer's account boosts, or takes a boost back.

use db::statuses::{Address, Insertion, NewStatus, Sight};
use model::{AccountId, StatusId, Viewer, Visibility, notification::NotificationKind};
use time::OffsetDateTime;

use super::{
    boost::may_boost,
    get::original,
    receive::{created_at, placed_at},
    receive_delete::{remember_undone, remove},
};
use crate::{
    App, Result,
    bus::Event,
    surface::{self, Arrived, Followers, Notice},
};

/// What an Undo is about.
#[derive(Clone, Copy, Debug)]
pub enum Undone<'a> {
    /// The activity of this id.
    Uri(&'a str),
    /// Whatever was done with this status.
    Of(StatusId),
}

/// A peer's account boosts a known status. `None`: it may not (not public, and not its own) or it was undone
/// before. Twice gives the same boost.
pub async fn receive_boost(
    app: &App,
    by: AccountId,
    of: StatusId,
    uri: &str,
    visibility: Visibility,
    published: Option<OffsetDateTime>,
) -> Result<Option<StatusId>> {
    let now = app.clock.now();
    if app.urls.is_ours(uri) {
        return Ok(None);
    }
    let mut tx = app.db.begin().await?;
    if db::statuses::is_gone(&mut tx, uri, now).await? {
        return Ok(None);
    }
    let booster = db::accounts::by_id(&mut tx, by).await?;
    if booster.is_none_or(|booster| booster.is_suspended()) {
        return Ok(None);
    }
    // Through the booster's eyes: nobody boosts what they may not see.
    let Some(post) = db::statuses::view(&mut tx, Sight::Of(Viewer::Account(by)), of)
        .await?
        .map(original)
    else {
        return Ok(None);
    };
    if !may_boost(by, &post) {
        return Ok(None);
    }
    if let Some(boost) = db::statuses::find_boost(&mut tx, by, post.status.id).await? {
        return Ok(Some(boost));
    }
    let new = NewStatus {
        account_id: by,
        address: Address::Theirs { uri, url: uri },
        placed_at: placed_at(published, now),
        created_at: created_at(published, now),
        now,
        edited_at: None,
        in_reply_to_uri: None,
        boost_of: Some(post.status.id),
        source: "",
        content: "",
        title: None,
        spoiler: "",
        visibility: if post.status.visibility.is_for_everybody() {
            visibility
        } else {
            post.status.visibility
        },
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
    let Insertion::New(inserted) = db::statuses::insert(&mut tx, &new).await? else {
        // Another copy of the Announce was faster, or the id is somebody else's.
        tx.rollback().await?;
        let mut connection = app.db.acquire().await?;
        return Ok(db::statuses::find_boost(&mut connection, by, post.status.id).await?);
    };
    let arrived = Arrived {
        status: inserted.id,
        author: by,
        named: &[],
        followers: Followers::Unknown,
    };
    surface::arrive(app, &mut tx, arrived).await?;
    let notice = Notice {
        kind: NotificationKind::Boost,
        to: post.status.account_id,
        from: by,
        status: Some(post.status.id),
    };
    surface::notify(&mut tx, now, notice).await?;
    tx.commit().await?;
    app.bus.tell(Event::StatusChanged(inserted.id));
    Ok(Some(inserted.id))
}

/// Undoes a boost by its id, or by what it boosts. False when there was none; an id is then remembered for six hours.
pub async fn receive_unboost(app: &App, by: AccountId, which: Undone<'_>) -> Result<bool> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let known = match which {
        Undone::Uri(uri) => db::statuses::find_by_uri(&mut tx, uri).await?,
        Undone::Of(of) => match db::statuses::find_boost(&mut tx, by, of).await? {
            Some(boost) => db::statuses::find_by_id(&mut tx, boost).await?,
            None => None,
        },
    };
    let own = known
        .as_ref()
        .filter(|known| known.account_id == by && known.boost_of.is_some() && !known.is_deleted);
    if let Some(boost) = own {
        remove(&mut tx, boost, now).await?;
        tx.commit().await?;
        app.bus.tell(Event::StatusChanged(boost.id));
        return Ok(true);
    }
    if let (None, Undone::Uri(uri)) = (&known, which) {
        remember_undone(&mut tx, by, uri, now).await?;
        tx.commit().await?;
    }
    Ok(false)
}
