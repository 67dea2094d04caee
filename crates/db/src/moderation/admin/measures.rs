//! How much of something came to be, day by day. Days are those of UTC.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use crate::Result;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted<'a> {
    /// Members who joined.
    NewMembers,
    /// Members' posts, boosts and favourites.
    Interactions,
    /// Reports that came.
    OpenedReports,
    /// Reports that were closed.
    ResolvedReports,
    /// Accounts of a server that became known.
    AccountsOf(&'a str),
    /// Posts of a server.
    StatusesOf(&'a str),
    /// Reports about people of a server.
    ReportsAbout(&'a str),
    /// Follows of people of a server by members.
    FollowsOf(&'a str),
    /// Follows of members by people of a server.
    FollowersFrom(&'a str),
}

struct DayRow {
    day: Date,
    number: i64,
}

/// How many on each day between two, both included. Days without any are told too.
pub async fn days(
    connection: &mut PgConnection,
    counted: Counted<'_>,
    (from, to): (Date, Date),
) -> Result<Vec<(Date, i64)>> {
    let start = from.midnight().assume_utc();
    let end = (to + time::Duration::days(1)).midnight().assume_utc();
    let rows = counted_days(connection, counted, start, end).await?;
    let mut all = Vec::new();
    let mut day = from;
    while day <= to {
        let number = rows
            .iter()
            .find(|row| row.day == day)
            .map_or(0, |row| row.number);
        all.push((day, number));
        let Some(next) = day.next_day() else { break };
        day = next;
    }
    Ok(all)
}

async fn counted_days(
    connection: &mut PgConnection,
    counted: Counted<'_>,
    start: OffsetDateTime,
    end: OffsetDateTime,
) -> Result<Vec<DayRow>> {
    let rows = match counted {
        Counted::NewMembers => {
            sqlx::query_as!(
                DayRow,
                r#"SELECT (m.created_at AT TIME ZONE 'UTC')::date AS "day!", count(*) AS "number!"
                     FROM members m
                    WHERE m.created_at >= $1 AND m.created_at < $2
                    GROUP BY 1"#,
                start,
                end,
            )
            .fetch_all(connection)
            .await?
        }
        Counted::Interactions => {
            sqlx::query_as!(
                DayRow,
                r#"SELECT (acts.at AT TIME ZONE 'UTC')::date AS "day!", count(*) AS "number!"
                     FROM (SELECT s.created_at AS at
                             FROM statuses s
                            WHERE s.local AND s.deleted_at IS NULL AND s.created_at >= $1 AND s.created_at < $2
                            UNION ALL
                           SELECT f.created_at
                             FROM favourites f
                             JOIN members m ON m.account_id = f.account_id
                            WHERE f.created_at >= $1 AND f.created_at < $2) acts
                    GROUP BY 1"#,
                start,
                end,
            )
            .fetch_all(connection)
            .await?
        }
        Counted::OpenedReports => {
            sqlx::query_as!(
                DayRow,
                r#"SELECT (r.created_at AT TIME ZONE 'UTC')::date AS "day!", count(*) AS "number!"
                     FROM reports r
                    WHERE r.created_at >= $1 AND r.created_at < $2
                    GROUP BY 1"#,
                start,
                end,
            )
            .fetch_all(connection)
            .await?
        }
        Counted::ResolvedReports => {
            sqlx::query_as!(
                DayRow,
                r#"SELECT (r.closed_at AT TIME ZONE 'UTC')::date AS "day!", count(*) AS "number!"
                     FROM reports r
                    WHERE r.closed_at >= $1 AND r.closed_at < $2
                    GROUP BY 1"#,
                start,
                end,
            )
            .fetch_all(connection)
            .await?
        }
        Counted::AccountsOf(domain) => {
            sqlx::query_as!(
                DayRow,
                r#"SELECT (a.created_at AT TIME ZONE 'UTC')::date AS "day!", count(*) AS "number!"
                     FROM accounts a
                    WHERE a.domain = $3 AND a.created_at >= $1 AND a.created_at < $2
                    GROUP BY 1"#,
                start,
                end,
                domain,
            )
            .fetch_all(connection)
            .await?
        }
        Counted::StatusesOf(domain) => {
            sqlx::query_as!(
                DayRow,
                r#"SELECT (s.created_at AT TIME ZONE 'UTC')::date AS "day!", count(*) AS "number!"
                     FROM statuses s
                     JOIN accounts a ON a.id = s.account_id
                    WHERE a.domain = $3 AND s.deleted_at IS NULL AND s.created_at >= $1 AND s.created_at < $2
                    GROUP BY 1"#,
                start,
                end,
                domain,
            )
            .fetch_all(connection)
            .await?
        }
        Counted::ReportsAbout(domain) => {
            sqlx::query_as!(
                DayRow,
                r#"SELECT (r.created_at AT TIME ZONE 'UTC')::date AS "day!", count(*) AS "number!"
                     FROM reports r
                     JOIN accounts a ON a.id = r.target_account_id
                    WHERE a.domain = $3 AND r.created_at >= $1 AND r.created_at < $2
                    GROUP BY 1"#,
                start,
                end,
                domain,
            )
            .fetch_all(connection)
            .await?
        }
        Counted::FollowsOf(domain) => {
            sqlx::query_as!(
                DayRow,
                r#"SELECT (f.created_at AT TIME ZONE 'UTC')::date AS "day!", count(*) AS "number!"
                     FROM follows f
                     JOIN accounts a ON a.id = f.followee_id
                    WHERE a.domain = $3 AND f.created_at >= $1 AND f.created_at < $2
                    GROUP BY 1"#,
                start,
                end,
                domain,
            )
            .fetch_all(connection)
            .await?
        }
        Counted::FollowersFrom(domain) => {
            sqlx::query_as!(
                DayRow,
                r#"SELECT (f.created_at AT TIME ZONE 'UTC')::date AS "day!", count(*) AS "number!"
                     FROM follows f
                     JOIN accounts a ON a.id = f.follower_id
                    WHERE a.domain = $3 AND f.created_at >= $1 AND f.created_at < $2
                    GROUP BY 1"#,
                start,
                end,
                domain,
            )
            .fetch_all(connection)
            .await?
        }
    };
    Ok(rows)
}

/// How many members were seen since a time. Only when they were last seen is kept, so nothing is known of single days.
pub async fn seen_members(
    connection: &mut PgConnection,
    seen_since: OffsetDateTime,
) -> Result<i64> {
    let number = sqlx::query_scalar!(
        r#"SELECT count(*) AS "number!" FROM members WHERE last_active_at >= $1"#,
        seen_since,
    )
    .fetch_one(connection)
    .await?;
    Ok(number)
}
