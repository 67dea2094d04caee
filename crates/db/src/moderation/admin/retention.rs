//! How many of those who joined in one period are still about.

use sqlx::PgConnection;
use time::Date;

use crate::Result;

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// A day.
    Day,
    /// A month.
    Month,
}

impl Frequency {
    /// Mastodon's word, and PostgreSQL's.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
        }
    }
}

/// Those who joined in one period, and how many of them were seen in this or a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cohort {
    /// The beginning of the period in which they joined.
    pub joined: Date,
    /// The beginning of the period in which, or after which, they were last seen.
    pub seen: Date,
    /// How many joined.
    pub members: i64,
    /// How many of them were seen.
    pub retained: i64,
}

/// Every pair of periods between two days, by the one of joining and then the other.
pub async fn retention(
    connection: &mut PgConnection,
    (from, to): (Date, Date),
    frequency: Frequency,
) -> Result<Vec<Cohort>> {
    let cohorts = sqlx::query_as!(
        Cohort,
        r#"WITH periods AS (
               SELECT generate_series(date_trunc($3, $1::date::timestamp), date_trunc($3, $2::date::timestamp),
                                      ('1 ' || $3)::interval) AS at),
           people AS (
               SELECT date_trunc($3, m.created_at AT TIME ZONE 'UTC') AS joined,
                      date_trunc($3, m.last_active_at AT TIME ZONE 'UTC') AS seen
                 FROM members m)
           SELECT j.at::date AS "joined!", s.at::date AS "seen!",
                  count(p.joined) AS "members!",
                  count(p.joined) FILTER (WHERE p.seen >= s.at) AS "retained!"
             FROM periods j
             JOIN periods s ON s.at >= j.at
             LEFT JOIN people p ON p.joined = j.at
            GROUP BY j.at, s.at
            ORDER BY j.at, s.at"#,
        from,
        to,
        frequency.as_str(),
    )
    .fetch_all(connection)
    .await?;
    Ok(cohorts)
}
