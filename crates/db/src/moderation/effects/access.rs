//! Who may join, and from where.

use std::net::IpAddr;

use model::moderation::{
    Warrant,
    params::{Comparison, IpSeverity},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// What all these rows have.
#[derive(Clone, Copy, Debug)]
pub struct AccessRow {
    /// Its id.
    pub id: i64,
    /// Since when.
    pub created_at: OffsetDateTime,
}

/// The reserved id, unless a row made before by the same proposal has it: then a new one.
pub async fn free_id(
    connection: &mut PgConnection,
    reserved: i64,
    now: OffsetDateTime,
) -> Result<i64> {
    let id = sqlx::query_scalar!(
        r#"SELECT CASE WHEN EXISTS (SELECT 1 FROM domain_blocks WHERE id = $1)
                         OR EXISTS (SELECT 1 FROM domain_allows WHERE id = $1)
                         OR EXISTS (SELECT 1 FROM email_domain_blocks WHERE id = $1)
                         OR EXISTS (SELECT 1 FROM email_blocks WHERE id = $1)
                         OR EXISTS (SELECT 1 FROM ip_blocks WHERE id = $1)
                         OR EXISTS (SELECT 1 FROM username_blocks WHERE id = $1)
                       THEN snowflake($2)
                       ELSE $1
                   END AS "id!""#,
        reserved,
        now,
    )
    .fetch_one(connection)
    .await?;
    Ok(id)
}

/// Nobody joins with an address at a domain.
pub async fn put_email_domain(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    domain: &str,
    lets_in: bool,
    row: AccessRow,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO email_domain_blocks (domain, id, allow_with_approval, created_at)
              VALUES ($1, $2, $3, $4)
         ON CONFLICT (domain) DO UPDATE
                 SET id = excluded.id,
                     allow_with_approval = excluded.allow_with_approval,
                     created_at = excluded.created_at",
        domain,
        row.id,
        lets_in,
        row.created_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// They may again.
pub async fn remove_email_domain(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    domain: &str,
) -> Result<()> {
    sqlx::query!("DELETE FROM email_domain_blocks WHERE domain = $1", domain)
        .execute(connection)
        .await?;
    Ok(())
}

/// The rule about addresses at a domain or one above it: whether somebody may still be let in by approval. The strictest counts.
pub async fn rule_of_email_domain(
    connection: &mut PgConnection,
    domain: &str,
) -> Result<Option<bool>> {
    let rule = sqlx::query_scalar!(
        "SELECT bool_and(allow_with_approval) FROM email_domain_blocks WHERE domain = ANY (domain_and_above($1))",
        domain,
    )
    .fetch_one(connection)
    .await?;
    Ok(rule)
}

/// Nobody joins with an address.
pub async fn put_email(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    hash: &str,
    row: AccessRow,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO email_blocks (hash, id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        hash,
        row.id,
        row.created_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// They may again.
pub async fn remove_email(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    hash: &str,
) -> Result<()> {
    sqlx::query!("DELETE FROM email_blocks WHERE hash = $1", hash)
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether nobody joins with this address.
pub async fn is_email_blocked(connection: &mut PgConnection, hash: &str) -> Result<bool> {
    let blocked = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM email_blocks WHERE hash = $1) AS "blocked!""#,
        hash,
    )
    .fetch_one(connection)
    .await?;
    Ok(blocked)
}

/// A rule about a range of IP addresses.
#[derive(Clone, Debug)]
pub struct IpRule {
    /// CIDR.
    pub range: String,
    /// How much is blocked.
    pub severity: IpSeverity,
    /// Until when.
    pub expires_at: Option<OffsetDateTime>,
}

/// There is a rule about a range.
pub async fn put_ip(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    rule: &IpRule,
    row: AccessRow,
    proposal: Option<i64>,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO ip_blocks (range, id, severity, expires_at, created_at, comment)
              VALUES ($1::text::cidr, $2, $3, $4, $5,
                      coalesce((SELECT coalesce(nullif(p.reason_private, ''), p.reason_public)
                                 FROM proposals p WHERE p.id = $6), ''))
         ON CONFLICT (range) DO UPDATE
                 SET id = excluded.id,
                     severity = excluded.severity,
                     expires_at = excluded.expires_at,
                     created_at = excluded.created_at,
                     comment = excluded.comment",
        rule.range,
        row.id,
        rule.severity.as_str(),
        rule.expires_at,
        row.created_at,
        proposal,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// There is none any more.
pub async fn remove_ip(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    range: &str,
) -> Result<()> {
    sqlx::query!("DELETE FROM ip_blocks WHERE range = $1::text::cidr", range)
        .execute(connection)
        .await?;
    Ok(())
}

/// Every rule in force.
pub async fn ip_rules(connection: &mut PgConnection, now: OffsetDateTime) -> Result<Vec<IpRule>> {
    let rows = sqlx::query!(
        r#"SELECT range::text AS "range!", severity, expires_at
             FROM ip_blocks
            WHERE expires_at IS NULL OR expires_at > $1"#,
        now,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(IpRule {
                range: row.range,
                severity: severity(&row.severity)?,
                expires_at: row.expires_at,
            })
        })
        .collect())
}

/// The strictest rule in force about an address.
pub async fn ip_rule(
    connection: &mut PgConnection,
    address: IpAddr,
    now: OffsetDateTime,
) -> Result<Option<IpSeverity>> {
    let words = sqlx::query_scalar!(
        r#"SELECT severity
             FROM ip_blocks
            WHERE range >>= $1::text::inet
              AND (expires_at IS NULL OR expires_at > $2)"#,
        address.to_canonical().to_string(),
        now,
    )
    .fetch_all(connection)
    .await?;
    let rank = |severity: &IpSeverity| match severity {
        IpSeverity::SignUpRequiresApproval => 0,
        IpSeverity::SignUpBlock => 1,
        IpSeverity::NoAccess => 2,
    };
    Ok(words
        .iter()
        .filter_map(|word| severity(word))
        .max_by_key(rank))
}

fn severity(word: &str) -> Option<IpSeverity> {
    [
        IpSeverity::SignUpRequiresApproval,
        IpSeverity::SignUpBlock,
        IpSeverity::NoAccess,
    ]
    .into_iter()
    .find(|severity| severity.as_str() == word)
}

/// Nobody joins with such a name.
pub async fn put_username(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    pattern: &str,
    comparison: Comparison,
    lets_in: bool,
    row: AccessRow,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO username_blocks (pattern, id, comparison, allow_with_approval, created_at)
              VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (pattern) DO UPDATE
                 SET id = excluded.id,
                     comparison = excluded.comparison,
                     allow_with_approval = excluded.allow_with_approval,
                     created_at = excluded.created_at",
        pattern,
        row.id,
        comparison.as_str(),
        lets_in,
        row.created_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// They may again.
pub async fn remove_username(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    pattern: &str,
) -> Result<()> {
    sqlx::query!("DELETE FROM username_blocks WHERE pattern = $1", pattern)
        .execute(connection)
        .await?;
    Ok(())
}

/// The rule about a name in its one form: whether somebody may still be let in by approval. The strictest counts.
pub async fn rule_of_username(connection: &mut PgConnection, name: &str) -> Result<Option<bool>> {
    let rule = sqlx::query_scalar!(
        "SELECT bool_and(allow_with_approval)
           FROM username_blocks
          WHERE (comparison = 'equals' AND pattern = $1)
             OR (comparison = 'contains' AND strpos($1, pattern) > 0)",
        name,
    )
    .fetch_one(connection)
    .await?;
    Ok(rule)
}

/// Whether nobody who holds a seat was seen since a time, on a server that is older than that.
pub async fn no_moderator_since(
    connection: &mut PgConnection,
    time: OffsetDateTime,
) -> Result<bool> {
    let none = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM server_identity i WHERE i.created_at < $1)
              AND NOT EXISTS (
                      SELECT 1
                        FROM moderator_seats s
                        JOIN persons p ON p.id = s.person_id
                        JOIN members m ON m.account_id = p.account_id
                       WHERE s.ended_at IS NULL
                         AND m.last_active_at >= $1) AS "none!""#,
        time,
    )
    .fetch_one(connection)
    .await?;
    Ok(none)
}
