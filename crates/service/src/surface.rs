//! What an event brings to the surface: home entries, notifications, streams. The one place.

use model::{AccountId, StatusId, notification::NotificationKind};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Something a member may want to be told.
#[derive(Clone, Copy, Debug)]
pub struct Notice {
    /// What happened.
    pub kind: NotificationKind,
    /// Who is told. Nothing happens unless this is a member.
    pub to: AccountId,
    /// Who caused it.
    pub from: AccountId,
    /// What it is about.
    pub status: Option<StatusId>,
}

/// Tells a member, once: not about themselves, and not about somebody they block or mute.
pub async fn notify(connection: &mut PgConnection, now: OffsetDateTime, notice: Notice) -> Result<()> {
    todo!()
}

/// Takes a notification back: the follow was undone, the favourite withdrawn.
pub async fn unnotify(connection: &mut PgConnection, notice: Notice) -> Result<()> {
    todo!()
}

/// A follow holds from now on: the newest posts of `followee` enter the home of `follower`, if that is a member.
pub async fn follow_began(connection: &mut PgConnection, follower: AccountId, followee: AccountId) -> Result<()> {
    todo!()
}

/// A follow is over: what it brought leaves the home of `follower`.
pub async fn follow_ended(connection: &mut PgConnection, follower: AccountId, followee: AccountId) -> Result<()> {
    todo!()
}

/// Somebody is blocked (call it in both directions) or muted: their posts, and boosts of them, leave the home of
/// `member`; what they caused leaves the notifications.
pub async fn turned_away(connection: &mut PgConnection, member: AccountId, from: AccountId) -> Result<()> {
    todo!()
}

/// Writes a member's home anew, after a long absence or from nothing.
pub async fn rebuild_home(connection: &mut PgConnection, member: AccountId) -> Result<()> {
    todo!()
}
