//! Reading notifications.

use model::{
    AccountId, NotificationId, Page, StatusId,
    notification::{Notification, NotificationKind},
};
use sqlx::{FromRow, PgConnection, QueryBuilder};
use time::OffsetDateTime;

use crate::{
    Error, Result,
    paging::{newest_first, push_page},
};

/// A notification, still without the people and statuses it names.
#[derive(Clone, Debug)]
pub struct NotificationRow {
    /// The notification.
    pub notification: Notification,
    /// Who caused it.
    pub from: AccountId,
    /// What it is about.
    pub status: Option<StatusId>,
}

/// Which are wanted.
#[derive(Clone, Debug)]
pub struct NotificationList {
    /// Whose.
    pub of: AccountId,
    /// Only these kinds; all when empty.
    pub kinds: Vec<NotificationKind>,
    /// Not these.
    pub excluded: Vec<NotificationKind>,
    /// Only those caused by this account.
    pub from: Option<AccountId>,
}

#[derive(FromRow)]
struct Row {
    id: i64,
    account_id: i64,
    kind: String,
    from_id: i64,
    status_id: Option<i64>,
    created_at: OffsetDateTime,
}

/// A part of a member's notifications, newest first, without people who were blocked, muted or suspended since.
pub async fn list(
    connection: &mut PgConnection,
    wanted: &NotificationList,
    page: Page,
) -> Result<Vec<NotificationRow>> {
    let mut query = QueryBuilder::new(
        "SELECT n.id, n.account_id, n.kind, n.from_id, n.status_id, n.created_at
           FROM notifications n
          WHERE NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = n.from_id AND a.suspended_at IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = n.account_id AND b.blocked_id = n.from_id)
            AND NOT EXISTS (SELECT 1 FROM mutes m
                             WHERE m.muter_id = n.account_id AND m.muted_id = n.from_id AND m.hides_notifications)
            AND n.account_id = ",
    );
    query.push_bind(wanted.of.get());
    if !wanted.kinds.is_empty() {
        query
            .push(" AND n.kind = ANY (")
            .push_bind(words(&wanted.kinds))
            .push(")");
    }
    if !wanted.excluded.is_empty() {
        query
            .push(" AND n.kind <> ALL (")
            .push_bind(words(&wanted.excluded))
            .push(")");
    }
    if let Some(from) = wanted.from {
        query.push(" AND n.from_id = ").push_bind(from.get());
    }
    push_page(&mut query, "n.id", page);
    let rows: Vec<Row> = query.build_query_as().fetch_all(connection).await?;
    let rows = rows
        .into_iter()
        .map(NotificationRow::try_from)
        .collect::<Result<_>>()?;
    Ok(newest_first(rows, page))
}

/// One notification of a member.
pub async fn one(
    connection: &mut PgConnection,
    of: AccountId,
    id: NotificationId,
) -> Result<Option<NotificationRow>> {
    sqlx::query_as!(
        Row,
        "SELECT id, account_id, kind, from_id, status_id, created_at
           FROM notifications
          WHERE account_id = $1 AND id = $2",
        of.get(),
        id.get(),
    )
    .fetch_optional(connection)
    .await?
    .map(NotificationRow::try_from)
    .transpose()
}

/// How many are newer than the member's marker, counted up to `limit`.
pub async fn unread(connection: &mut PgConnection, of: AccountId, limit: i64) -> Result<i64> {
    let unread = sqlx::query_scalar!(
        r#"SELECT count(*) AS "unread!"
             FROM (SELECT 1
                     FROM notifications n
                    WHERE n.account_id = $1
                      AND n.id > coalesce((SELECT m.last_read_id FROM markers m
                                            WHERE m.account_id = $1 AND m.timeline = 'notifications'), 0)
                    LIMIT $2) newer"#,
        of.get(),
        limit,
    )
    .fetch_one(connection)
    .await?;
    Ok(unread)
}

impl TryFrom<Row> for NotificationRow {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            from: AccountId::new(row.from_id),
            status: row.status_id.map(StatusId::new),
            notification: Notification {
                id: NotificationId::new(row.id),
                account_id: AccountId::new(row.account_id),
                kind: NotificationKind::from_word(&row.kind).ok_or_else(|| {
                    Error::Inconsistency {
                        table: "notifications",
                        column: "kind",
                        key: row.id.to_string(),
                    }
                })?,
                created_at: row.created_at,
            },
        })
    }
}

fn words(kinds: &[NotificationKind]) -> Vec<String> {
    kinds.iter().map(|kind| kind.as_str().to_owned()).collect()
}
