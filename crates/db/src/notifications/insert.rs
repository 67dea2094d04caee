//! Telling members.

use model::{AccountId, StatusId, notification::NotificationKind};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Something that members are to be told.
#[derive(Clone, Copy, Debug)]
pub struct NewNotification<'a> {
    /// What happened.
    pub kind: NotificationKind,
    /// Who is told, as far as they are members and want to hear of `from`.
    pub to: &'a [AccountId],
    /// Who caused it.
    pub from: AccountId,
    /// What it is about.
    pub status: Option<StatusId>,
}

/// Tells members, each once, and answers how many were told.
pub async fn insert(
    connection: &mut PgConnection,
    new: NewNotification<'_>,
    now: OffsetDateTime,
) -> Result<u64> {
    if new.to.is_empty() {
        return Ok(0);
    }
    let to: Vec<i64> = new.to.iter().map(|id| id.get()).collect();
    let done = sqlx::query_file!(
        "queries/notifications/insert.sql",
        now,
        new.kind.as_str(),
        &to,
        new.from.get(),
        new.status.map(StatusId::get),
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}
