//! Rules about servers, mail and addresses.

use model::Page;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder, postgres::PgRow};
use time::OffsetDateTime;

use crate::{
    Result,
    paging::{newest_first, push_page},
};

/// Which rules.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// Part of the list.
    Page(Page),
    /// The one with this id.
    Id(i64),
    /// The one about exactly this, in its normal form.
    About(&'a str),
}

/// A rule about a server.
#[derive(Clone, Debug, FromRow)]
pub struct DomainBlockRow {
    /// Its id.
    pub id: i64,
    /// The server.
    pub domain: String,
    /// `noop`, `silence` or `suspend`.
    pub severity: String,
    /// Its media are not fetched.
    pub reject_media: bool,
    /// Its reports are not taken.
    pub reject_reports: bool,
    /// Its name is shown in part only in public.
    pub obfuscate: bool,
    /// For everybody.
    pub public_comment: String,
    /// For moderators.
    pub private_comment: String,
    /// Since when.
    pub created_at: OffsetDateTime,
}

/// A server that may federate where only listed ones may.
#[derive(Clone, Debug, FromRow)]
pub struct DomainAllowRow {
    /// Its id.
    pub id: i64,
    /// The server.
    pub domain: String,
    /// Since when.
    pub created_at: OffsetDateTime,
}

/// A mail provider at whose addresses nobody joins.
#[derive(Clone, Debug, FromRow)]
pub struct EmailDomainBlockRow {
    /// Its id.
    pub id: i64,
    /// The domain.
    pub domain: String,
    /// Somebody may still be let in by approval.
    pub allow_with_approval: bool,
    /// Since when.
    pub created_at: OffsetDateTime,
}

/// A mail address with which nobody joins.
#[derive(Clone, Debug, FromRow)]
pub struct EmailBlockRow {
    /// Its id.
    pub id: i64,
    /// SHA-256 of the address in the one form its spellings share, in hex.
    pub hash: String,
    /// Since when.
    pub created_at: OffsetDateTime,
}

/// A rule about a range of addresses.
#[derive(Clone, Debug, FromRow)]
pub struct IpBlockRow {
    /// Its id.
    pub id: i64,
    /// As CIDR.
    pub range: String,
    /// Mastodon's word.
    pub severity: String,
    /// Why.
    pub comment: String,
    /// Until when.
    pub expires_at: Option<OffsetDateTime>,
    /// Since when.
    pub created_at: OffsetDateTime,
}

/// Rules about servers, newest first.
pub async fn domain_blocks(
    connection: &mut PgConnection,
    which: Which<'_>,
) -> Result<Vec<DomainBlockRow>> {
    let query = QueryBuilder::new(
        "SELECT id, domain, severity, reject_media, reject_reports, obfuscate, public_comment, private_comment, created_at
           FROM domain_blocks WHERE true",
    );
    rows(connection, query, "domain", which).await
}

/// Servers that may federate, newest first.
pub async fn domain_allows(
    connection: &mut PgConnection,
    which: Which<'_>,
) -> Result<Vec<DomainAllowRow>> {
    let query = QueryBuilder::new("SELECT id, domain, created_at FROM domain_allows WHERE true");
    rows(connection, query, "domain", which).await
}

/// Mail providers, newest first.
pub async fn email_domain_blocks(
    connection: &mut PgConnection,
    which: Which<'_>,
) -> Result<Vec<EmailDomainBlockRow>> {
    let query = QueryBuilder::new(
        "SELECT id, domain, allow_with_approval, created_at FROM email_domain_blocks WHERE true",
    );
    rows(connection, query, "domain", which).await
}

/// Mail addresses, newest first.
pub async fn email_blocks(
    connection: &mut PgConnection,
    which: Which<'_>,
) -> Result<Vec<EmailBlockRow>> {
    let query = QueryBuilder::new("SELECT id, hash, created_at FROM email_blocks WHERE true");
    rows(connection, query, "hash", which).await
}

/// Ranges of addresses, newest first; without those whose time is over.
pub async fn ip_blocks(
    connection: &mut PgConnection,
    which: Which<'_>,
    now: OffsetDateTime,
) -> Result<Vec<IpBlockRow>> {
    let mut query = QueryBuilder::new(
        "SELECT id, range::text AS range, severity, comment, expires_at, created_at
           FROM ip_blocks WHERE (expires_at IS NULL OR expires_at > ",
    );
    query.push_bind(now).push(")");
    rows(connection, query, "range::text", which).await
}

async fn rows<T>(
    connection: &mut PgConnection,
    mut query: QueryBuilder<Postgres>,
    about: &'static str,
    which: Which<'_>,
) -> Result<Vec<T>>
where
    T: for<'r> FromRow<'r, PgRow> + Send + Unpin,
{
    let page = match which {
        Which::Page(page) => page,
        Which::Id(id) => {
            query.push(" AND id = ").push_bind(id);
            Page::newest(1)
        }
        Which::About(key) => {
            query
                .push(" AND ")
                .push(about)
                .push(" = ")
                .push_bind(key.to_owned());
            Page::newest(1)
        }
    };
    push_page(&mut query, "id", page);
    let found = query.build_query_as().fetch_all(connection).await?;
    Ok(newest_first(found, page))
}
