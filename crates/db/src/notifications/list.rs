//! Reading notifications.

use std::cmp::Reverse;

use model::{
    AccountGlimpse, AccountId, NotificationGlimpse, NotificationId, Page, StatusGlimpse, Viewer,
    moderation::{appeal::StrikeId, report::ReportId},
    notification::{Notification, NotificationKind},
};
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder, postgres::PgRow};
use time::OffsetDateTime;

use crate::{
    Error, Result,
    glimpses::{self, Columns},
    paging::push_page,
};

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

/// A part of a member's notifications, newest first, without people who were blocked, muted or suspended since, and without
/// statuses that the member may not see any more.
pub async fn list(
    connection: &mut PgConnection,
    wanted: &NotificationList,
    page: Page,
) -> Result<Vec<NotificationGlimpse>> {
    let mut query = finding(wanted.of);
    query.push(
        " AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = n.account_id AND b.blocked_id = n.from_id)
          AND NOT EXISTS (SELECT 1 FROM mutes m
                           WHERE m.muter_id = n.account_id AND m.muted_id = n.from_id AND m.hides_notifications)",
    );
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
    fetch(query, connection, wanted.of).await
}

/// One notification of a member.
pub async fn one(
    connection: &mut PgConnection,
    of: AccountId,
    id: NotificationId,
) -> Result<Option<NotificationGlimpse>> {
    let mut query = finding(of);
    query.push(" AND n.id = ").push_bind(id.get());
    Ok(fetch(query, connection, of).await?.pop())
}

/// A query that goes on with which notifications of the member, `$1`, are wanted.
fn finding(of: AccountId) -> QueryBuilder<Postgres> {
    let mut query = glimpses::for_viewer(Viewer::Account(of));
    query
        .push("SELECT n.id, n.kind, n.created_at, n.report_id, n.strike_id, n.severance_id, f.id, f.version, f.followers_count, f.following_count, f.statuses_count, f.last_status_on, f.sensitised_at IS NOT NULL, ")
        .push(glimpses::STATUS)
        .push(", ")
        .push(glimpses::MARKS)
        .push(
            " FROM (SELECT n.*
                      FROM notifications n
                     WHERE n.account_id = $1
                       AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = n.from_id AND a.suspended_at IS NOT NULL)
                       -- Some are for moderators, as long as they are.
                       AND (   n.kind NOT IN ('admin.report', 'admin.sign_up')
                            OR EXISTS (
                                   SELECT 1
                                     FROM persons p
                                     JOIN moderator_seats seat ON seat.person_id = p.id AND seat.ended_at IS NULL
                                    WHERE p.account_id = n.account_id))",
        );
    query
}

async fn fetch(
    mut query: QueryBuilder<Postgres>,
    connection: &mut PgConnection,
    of: AccountId,
) -> Result<Vec<NotificationGlimpse>> {
    query.push(
        ") n
         -- (OFFSET 0: look each up; half of a small server's accounts would else be read for a page of forty.)
         JOIN LATERAL (SELECT x.* FROM accounts x WHERE x.id = n.from_id OFFSET 0) f ON true
         LEFT JOIN statuses_visible_to($1) s ON s.id = n.status_id
         LEFT JOIN LATERAL (SELECT x.* FROM accounts x WHERE x.id = s.account_id OFFSET 0) a ON true
        WHERE n.status_id IS NULL OR s.id IS NOT NULL",
    );
    let rows: Vec<Row> = query.build_query_as().fetch_all(connection).await?;
    let mut found = rows
        .into_iter()
        .map(|row| row.into_glimpse(of))
        .collect::<Result<Vec<_>>>()?;
    found.sort_by_key(|glimpse| Reverse(glimpse.notification.id));
    Ok(found)
}

struct Row {
    id: i64,
    kind: String,
    created_at: OffsetDateTime,
    report_id: Option<i64>,
    strike_id: Option<i64>,
    severance_id: Option<i64>,
    from: AccountGlimpse,
    status: Option<StatusGlimpse>,
}

impl FromRow<'_, PgRow> for Row {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let mut columns = Columns::of(row);
        Ok(Self {
            id: columns.next()?,
            kind: columns.next()?,
            created_at: columns.next()?,
            report_id: columns.next()?,
            strike_id: columns.next()?,
            severance_id: columns.next()?,
            from: columns.account()?,
            // Nobody is told of boosts, so there is nothing behind a status.
            status: match columns.next()? {
                Some(id) => {
                    let (mut status, _) = columns.status(id)?;
                    status.marks = Some(columns.marks()?);
                    Some(status)
                }
                None => None,
            },
        })
    }
}

impl Row {
    fn into_glimpse(self, of: AccountId) -> Result<NotificationGlimpse> {
        let kind = NotificationKind::from_word(&self.kind).ok_or_else(|| Error::Inconsistency {
            table: "notifications",
            column: "kind",
            key: self.id.to_string(),
        })?;
        Ok(NotificationGlimpse {
            notification: Notification {
                id: NotificationId::new(self.id),
                account_id: of,
                kind,
                created_at: self.created_at,
                report_id: self.report_id.map(ReportId::new),
                strike_id: self.strike_id.map(StrikeId::new),
                severance_id: self.severance_id,
            },
            from: self.from,
            status: self.status,
        })
    }
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

fn words(kinds: &[NotificationKind]) -> Vec<String> {
    kinds.iter().map(|kind| kind.as_str().to_owned()).collect()
}
