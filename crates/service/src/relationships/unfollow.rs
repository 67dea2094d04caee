//! Follows end: a member's own, a follower that a member removes, a peer's.

use model::{AccountId, relationship::Relationship};
use sqlx::PgConnection;

use super::show;
use crate::{
    App, Error, Result,
    consequences::{self, Answer, AnswerFollow, SendUndoFollow},
    surface,
};

/// A member stops following somebody, or takes the request back.
pub async fn unfollow(app: &App, follower: AccountId, followee: AccountId) -> Result<Relationship> {
    let mut tx = app.db.begin().await?;
    let target = db::accounts::by_id(&mut tx, followee)
        .await?
        .ok_or(Error::NotFound)?;
    let ended = end(&mut tx, follower, followee).await?;
    if let (Some(uri), false) = (ended, target.is_local()) {
        let job = SendUndoFollow {
            follower_id: follower,
            followee_id: followee,
            uri,
        };
        consequences::enqueue(&mut tx, &job).await?;
    }
    tx.commit().await?;
    show::with(app, follower, followee).await
}

/// A member removes a follower; a peer hears of it as a Reject of its Follow.
pub async fn remove_follower(
    app: &App,
    followee: AccountId,
    follower: AccountId,
) -> Result<Relationship> {
    let mut tx = app.db.begin().await?;
    let removed = db::accounts::by_id(&mut tx, follower)
        .await?
        .ok_or(Error::NotFound)?;
    let ended = end(&mut tx, follower, followee).await?;
    if let (Some(uri), false) = (ended, removed.is_local()) {
        let job = AnswerFollow {
            follower_id: follower,
            followee_id: followee,
            uri,
            answer: Answer::Reject,
        };
        consequences::enqueue(&mut tx, &job).await?;
    }
    tx.commit().await?;
    show::with(app, followee, follower).await
}

/// A peer's account stops following, or takes its request back. False: there was nothing to undo.
pub async fn receive_undo_follow(
    app: &App,
    follower: AccountId,
    followee: AccountId,
) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    let ended = end(&mut tx, follower, followee).await?;
    tx.commit().await?;
    Ok(ended.is_some())
}

/// Ends a follow or a request, whichever there is, and answers its ActivityPub id.
pub(super) async fn end(
    tx: &mut PgConnection,
    follower: AccountId,
    followee: AccountId,
) -> Result<Option<String>> {
    // A follow that a suspension has cut does not come back either.
    db::moderation::effects::forget_severed(tx, follower, followee).await?;
    let requested = db::relationships::remove_request(tx, follower, followee).await?;
    let Some(uri) = db::relationships::remove_follow(tx, follower, followee).await? else {
        return Ok(requested);
    };
    surface::follow_ended(tx, follower, followee).await?;
    Ok(Some(uri))
}
