//! Whether a peer can be reached, after Mastodon's rule: failures on seven distinct days.

use model::Domain;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use crate::Result;

/// What is known of a peer's reachability.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// Nothing speaks against it.
    Good,
    /// Some deliveries failed lately.
    Failing,
    /// Given up.
    Unavailable,
}

/// Whether a peer can be reached; unknown ones can.
pub async fn availability(connection: &mut PgConnection, domain: &Domain) -> Result<Availability> {
    let row = sqlx::query!(
        r#"SELECT unavailable_since IS NOT NULL AS "unavailable!", cardinality(failure_days) > 0 AS "failing!"
             FROM peers
            WHERE domain = $1"#,
        domain.as_str(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(match row {
        Some(row) if row.unavailable => Availability::Unavailable,
        Some(row) if row.failing => Availability::Failing,
        _ => Availability::Good,
    })
}

/// Remembers that a peer exists.
pub async fn remember(
    connection: &mut PgConnection,
    domain: &Domain,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO peers (domain, first_seen_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        domain.as_str(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes a failed delivery. True when this one makes it the seventh day and the peer is given up.
pub async fn record_failure(
    connection: &mut PgConnection,
    domain: &Domain,
    now: OffsetDateTime,
    days: i32,
) -> Result<bool> {
    let today: Date = now.date();
    let given_up = sqlx::query_scalar!(
        r#"INSERT INTO peers AS p (domain, first_seen_at, failure_days)
                VALUES ($1, $2, ARRAY[$3::date])
           ON CONFLICT (domain) DO UPDATE
                   SET failure_days = CASE
                           WHEN $3 = ANY (p.failure_days) THEN p.failure_days
                           ELSE p.failure_days || $3
                       END,
                       unavailable_since = CASE
                           WHEN p.unavailable_since IS NOT NULL THEN p.unavailable_since
                           WHEN cardinality(p.failure_days) + ($3 <> ALL (p.failure_days))::int >= $4 THEN $2
                       END
             RETURNING coalesce(unavailable_since = $2, false) AS "given_up!""#,
        domain.as_str(),
        now,
        today,
        days,
    )
    .fetch_one(connection)
    .await?;
    Ok(given_up)
}

/// Forgets all failures. True when the peer had been given up.
pub async fn clear_failures(
    connection: &mut PgConnection,
    domain: &Domain,
    delivered_at: Option<OffsetDateTime>,
) -> Result<bool> {
    let was_given_up = sqlx::query_scalar!(
        r#"WITH before AS (
               SELECT unavailable_since IS NOT NULL AS given_up FROM peers WHERE domain = $1 FOR UPDATE
           ),
           cleared AS (
               UPDATE peers
                  SET failure_days = '{}',
                      unavailable_since = NULL,
                      last_delivery_at = coalesce($2, last_delivery_at)
                WHERE domain = $1
           )
           SELECT given_up AS "given_up!" FROM before"#,
        domain.as_str(),
        delivered_at,
    )
    .fetch_optional(connection)
    .await?;
    Ok(was_given_up.unwrap_or(false))
}
