//! Numbers about moderation, for the public.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// A period, from its beginning to before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its beginning.
    pub begins: OffsetDateTime,
    /// Its end, which is not in it any more.
    pub ends: OffsetDateTime,
}

/// One number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// Of which period, by its place from 0.
    pub span: usize,
    /// Which group of numbers.
    pub group: String,
    /// Which of them.
    pub name: String,
    /// How many, or seconds.
    pub number: i64,
}

/// What happened in each of the periods. What did not happen has no number.
pub async fn statistics(
    connection: &mut PgConnection,
    spans: &[Span],
    now: OffsetDateTime,
) -> Result<Vec<Count>> {
    let begins: Vec<OffsetDateTime> = spans.iter().map(|span| span.begins).collect();
    let ends: Vec<OffsetDateTime> = spans.iter().map(|span| span.ends).collect();
    let rows = sqlx::query_file!("queries/moderation/statistics.sql", &begins, &ends, now)
        .fetch_all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Count {
            span: usize::try_from(row.place - 1).unwrap_or_default(),
            group: row.group,
            name: row.name,
            number: row.number,
        })
        .collect())
}

/// A measure that is in force, and on how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// On what: `account`, `domain`, …
    pub target: String,
    /// Which measure.
    pub measure: String,
    /// How severe, where measures differ.
    pub severity: Option<String>,
    /// On how many.
    pub number: i64,
}

/// What is in force now.
pub async fn measures_in_force(connection: &mut PgConnection) -> Result<Vec<InForce>> {
    let rows = sqlx::query_as!(
        InForce,
        r#"SELECT target_type AS target,
                  field AS measure,
                  CASE jsonb_typeof(value) WHEN 'object' THEN value ->> 'severity' END AS severity,
                  count(*) AS "number!"
             FROM moderation_state
            WHERE field IN ('suspended', 'limited', 'sensitive', 'frozen', 'removed', 'rule', 'paused', 'allowed',
                            'registrations_locked')
            GROUP BY 1, 2, 3
            ORDER BY 1, 2, 3"#
    )
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// When the log begins.
pub async fn log_begins(connection: &mut PgConnection) -> Result<Option<OffsetDateTime>> {
    let at = sqlx::query_scalar!("SELECT at FROM log_private WHERE seq = 1")
        .fetch_optional(connection)
        .await?;
    Ok(at)
}
