//! Telling members, and taking it back.

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
pub async fn notify(
    connection: &mut PgConnection,
    now: OffsetDateTime,
    notice: Notice,
) -> Result<()> {
    notify_all(connection, now, notice, &[notice.to]).await
}

/// Tells several members the same, whoever `notice.to` is.
pub(crate) async fn notify_all(
    connection: &mut PgConnection,
    now: OffsetDateTime,
    notice: Notice,
    to: &[AccountId],
) -> Result<()> {
    let Notice {
        kind, from, status, ..
    } = notice;
    db::notifications::insert(
        connection,
        db::notifications::NewNotification {
            kind,
            to,
            from,
            status,
        },
        now,
    )
    .await?;
    Ok(())
}

/// Takes a notification back: the follow was undone, the favourite withdrawn.
pub async fn unnotify(connection: &mut PgConnection, notice: Notice) -> Result<()> {
    let Notice {
        kind,
        to,
        from,
        status,
    } = notice;
    Ok(db::notifications::take_back(connection, kind, to, from, status).await?)
}

/// Takes back what somebody did with a status, whoever was told.
pub(crate) async fn unnotify_about(
    connection: &mut PgConnection,
    kind: NotificationKind,
    from: AccountId,
    status: StatusId,
) -> Result<()> {
    Ok(db::notifications::take_back_about(connection, kind, from, status).await?)
}
