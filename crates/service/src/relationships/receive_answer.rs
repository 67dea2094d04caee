//! A peer answers a member who asked to follow.

use model::AccountId;
use sqlx::PgConnection;

use super::unfollow;
use crate::{App, Result, surface};

/// Which Follow an answer is about.
#[derive(Clone, Copy, Debug)]
pub enum AnsweredFollow<'a> {
    /// The one with this ActivityPub id.
    Uri(&'a str),
    /// The one of this member.
    From(AccountId),
}

/// `followee`, of a peer, lets a member follow. False: nobody here asked this very account (S11).
pub async fn receive_accept(
    app: &App,
    followee: AccountId,
    which: AnsweredFollow<'_>,
) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    let Some(follower) = asker(&mut tx, followee, which).await? else {
        return Ok(false);
    };
    let accepted =
        db::relationships::accept_request(&mut tx, follower, followee, app.clock.now()).await?;
    if accepted.is_some() {
        surface::follow_began(&mut tx, follower, followee).await?;
    }
    tx.commit().await?;
    Ok(accepted.is_some())
}

/// `followee`, of a peer, refuses a member, or ends a follow that it had accepted. False: there was none.
pub async fn receive_reject(
    app: &App,
    followee: AccountId,
    which: AnsweredFollow<'_>,
) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    let Some(follower) = asker(&mut tx, followee, which).await? else {
        return Ok(false);
    };
    let ended = unfollow::end(&mut tx, follower, followee).await?;
    tx.commit().await?;
    Ok(ended.is_some())
}

/// Who asked this followee. The id alone proves nothing: the account that answers must be the one asked.
async fn asker(
    tx: &mut PgConnection,
    followee: AccountId,
    which: AnsweredFollow<'_>,
) -> Result<Option<AccountId>> {
    let pair = match which {
        AnsweredFollow::From(follower) => return Ok(Some(follower)),
        AnsweredFollow::Uri(uri) => match db::relationships::find_request_by_uri(tx, uri).await? {
            Some(pair) => Some(pair),
            None => db::relationships::find_follow_by_uri(tx, uri).await?,
        },
    };
    Ok(pair
        .filter(|(_, asked)| *asked == followee)
        .map(|(follower, _)| follower))
}
