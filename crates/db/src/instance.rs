//! Figures about the whole server. They read much, so callers keep the answer for minutes.

use model::instance::Usage;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use crate::Result;

/// Members, who was seen lately, what they wrote, and how many servers are known.
pub async fn usage(connection: &mut PgConnection, now: OffsetDateTime) -> Result<Usage> {
    let row = sqlx::query!(
        r#"SELECT count(*) AS "members!",
                  count(*) FILTER (WHERE m.last_active_at > $1) AS "active_month!",
                  count(*) FILTER (WHERE m.last_active_at > $2) AS "active_half_year!",
                  coalesce(sum(a.statuses_count), 0)::bigint AS "local_statuses!",
                  (SELECT count(*) FROM peers) AS "peers!"
             FROM members m
             JOIN accounts a ON a.id = m.account_id
            WHERE m.approved_at IS NOT NULL
              AND m.confirmed_at IS NOT NULL
              AND a.suspended_at IS NULL"#,
        now - Duration::days(30),
        now - Duration::days(180),
    )
    .fetch_one(connection)
    .await?;
    Ok(Usage {
        members: row.members,
        active_month: row.active_month,
        active_half_year: row.active_half_year,
        local_statuses: row.local_statuses,
        peers: row.peers,
    })
}

/// Domains of all known peers, but those that are suspended.
pub async fn peers(connection: &mut PgConnection) -> Result<Vec<String>> {
    let domains = sqlx::query_scalar!(
        "SELECT p.domain
           FROM peers p
          WHERE NOT EXISTS (SELECT 1 FROM domain_blocks b WHERE b.domain = p.domain AND b.severity = 'suspend')
          ORDER BY p.domain"
    )
    .fetch_all(connection)
    .await?;
    Ok(domains)
}
