//! Homes follow what members follow.

use model::AccountId;
use sqlx::PgConnection;

use crate::Result;

/// A follow holds from now on: the newest posts of `followee` enter the home of `follower`, if that is a member.
#[expect(
    clippy::similar_names,
    reason = "follower and followee are what they are called"
)]
pub async fn follow_began(
    connection: &mut PgConnection,
    follower: AccountId,
    followee: AccountId,
) -> Result<()> {
    Ok(db::home::backfill(connection, follower, followee).await?)
}

/// A follow is over: what it brought leaves the home of `follower`.
#[expect(
    clippy::similar_names,
    reason = "follower and followee are what they are called"
)]
pub async fn follow_ended(
    connection: &mut PgConnection,
    follower: AccountId,
    followee: AccountId,
) -> Result<()> {
    Ok(db::home::remove_author(connection, follower, followee).await?)
}

/// Somebody is blocked (call it in both directions) or muted: their posts, and boosts of them, leave the home of
/// `member`; what they caused leaves the notifications.
pub async fn turned_away(
    connection: &mut PgConnection,
    member: AccountId,
    from: AccountId,
) -> Result<()> {
    db::home::remove_author(connection, member, from).await?;
    db::home::remove_boosts_of(connection, member, from).await?;
    Ok(db::notifications::remove_from(connection, member, from).await?)
}

/// Writes a member's home anew, after a long absence or from nothing.
pub async fn rebuild_home(connection: &mut PgConnection, member: AccountId) -> Result<()> {
    Ok(db::home::rebuild(connection, member).await?)
}
