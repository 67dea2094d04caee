//! Rules about other servers.

use model::{
    AccountId, Domain,
    moderation::{Warrant, params::DomainSeverity},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// A rule as it is written down.
#[derive(Clone, Debug)]
pub struct DomainRule<'a> {
    /// About which domain.
    pub domain: &'a Domain,
    /// Its id.
    pub id: i64,
    /// How much is blocked.
    pub severity: DomainSeverity,
    /// Its media are not fetched.
    pub reject_media: bool,
    /// Its reports are not taken.
    pub reject_reports: bool,
    /// Its name is shown in part only.
    pub obfuscate: bool,
    /// Since when.
    pub created_at: OffsetDateTime,
}

/// Writes a rule, with the reasons of the proposal behind it as its comments.
pub async fn put_domain_rule(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    rule: &DomainRule<'_>,
    proposal: Option<i64>,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO domain_blocks (domain, id, severity, reject_media, reject_reports, obfuscate, created_at, public_comment,
                                    private_comment)
              VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce((SELECT p.reason_public FROM proposals p WHERE p.id = $8), ''),
                      coalesce((SELECT p.reason_private FROM proposals p WHERE p.id = $8), ''))
         ON CONFLICT (domain) DO UPDATE
                 SET id = excluded.id,
                     severity = excluded.severity,
                     reject_media = excluded.reject_media,
                     reject_reports = excluded.reject_reports,
                     obfuscate = excluded.obfuscate,
                     created_at = excluded.created_at,
                     public_comment = excluded.public_comment,
                     private_comment = excluded.private_comment",
        rule.domain.as_str(),
        rule.id,
        rule.severity.as_str(),
        rule.reject_media,
        rule.reject_reports,
        rule.obfuscate,
        rule.created_at,
        proposal,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// There is no rule about a domain any more.
pub async fn remove_domain_rule(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    domain: &Domain,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM domain_blocks WHERE domain = $1",
        domain.as_str()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Accounts at a domain and below it, whatever their port.
pub async fn accounts_below(
    connection: &mut PgConnection,
    domain: &Domain,
) -> Result<Vec<AccountId>> {
    let ids = sqlx::query_scalar!(
        "SELECT a.id
           FROM accounts a
          WHERE a.domain IS NOT NULL
            AND is_at_or_below(hosts_of(a.domain, a.uri), $1)
          ORDER BY a.id",
        domain.host(),
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(AccountId::new).collect())
}

/// The same, only those that are suspended here: not those about whom a nearer rule says otherwise.
pub async fn suspended_below(
    connection: &mut PgConnection,
    domain: &Domain,
) -> Result<Vec<AccountId>> {
    let ids = sqlx::query_scalar!(
        "SELECT a.id
           FROM accounts a
          WHERE a.domain IS NOT NULL
            AND a.suspension_origin = 'local'
            AND is_at_or_below(hosts_of(a.domain, a.uri), $1)
          ORDER BY a.id",
        domain.host(),
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(AccountId::new).collect())
}

/// Accounts, and follows in both directions, at a domain and below it: what a block would touch.
pub async fn counts_below(
    connection: &mut PgConnection,
    domain: &Domain,
) -> Result<(i64, i64, i64)> {
    let row = sqlx::query!(
        r#"WITH theirs AS MATERIALIZED (
               SELECT a.id
                 FROM accounts a
                WHERE a.domain IS NOT NULL
                  AND is_at_or_below(hosts_of(a.domain, a.uri), $1)
           )
           SELECT (SELECT count(*) FROM theirs) AS "accounts!",
                  (SELECT count(*) FROM follows f JOIN theirs t ON t.id = f.follower_id) AS "followers!",
                  (SELECT count(*) FROM follows f JOIN theirs t ON t.id = f.followee_id) AS "followed!""#,
        domain.host(),
    )
    .fetch_one(connection)
    .await?;
    Ok((row.accounts, row.followers, row.followed))
}

/// Nothing is taken in from a domain since `at`.
pub async fn pause(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    domain: &Domain,
    at: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO paused_domains (domain, paused_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        domain.as_str(),
        at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// It is again.
pub async fn resume(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    domain: &Domain,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM paused_domains WHERE domain = $1",
        domain.as_str()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether nothing is taken in from a domain, or one above it, for the moment.
pub async fn is_paused(connection: &mut PgConnection, domain: &Domain) -> Result<bool> {
    let paused = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM paused_domains WHERE domain = ANY (domain_and_above($1))) AS "paused!""#,
        domain.as_str(),
    )
    .fetch_one(connection)
    .await?;
    Ok(paused)
}

/// A domain may federate where only listed ones may.
pub async fn allow_domain(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    domain: &Domain,
    id: i64,
    at: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO domain_allows (domain, id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        domain.as_str(),
        id,
        at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// It may not any more.
pub async fn disallow_domain(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    domain: &Domain,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM domain_allows WHERE domain = $1",
        domain.as_str()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether a domain, or one above it, is listed.
pub async fn is_allowed(connection: &mut PgConnection, domain: &Domain) -> Result<bool> {
    let allowed = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM domain_allows WHERE domain = ANY (domain_and_above($1))) AS "allowed!""#,
        domain.as_str(),
    )
    .fetch_one(connection)
    .await?;
    Ok(allowed)
}
