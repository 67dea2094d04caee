//! Links between members and sources.

use model::{AccountId, Link};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{Result, error::OnConstraint};

struct LinkRow {
    source: String,
    subject: String,
    account_id: i64,
    username: String,
    linked_at: OffsetDateTime,
    seen_at: OffsetDateTime,
    missing_since: Option<OffsetDateTime>,
}

impl From<LinkRow> for Link {
    fn from(row: LinkRow) -> Self {
        Self {
            source: row.source,
            subject: row.subject,
            account_id: AccountId::new(row.account_id),
            username: row.username,
            linked_at: row.linked_at,
            seen_at: row.seen_at,
            missing_since: row.missing_since,
        }
    }
}

/// Somebody of a source is a member.
#[derive(Clone, Copy, Debug)]
pub struct NewLink<'a> {
    /// Which source.
    pub source: &'a str,
    /// Its id of this person.
    pub subject: &'a str,
    /// Its spelling of the name.
    pub username: &'a str,
    /// The member.
    pub account_id: AccountId,
}

/// Whom a source means by an id.
pub async fn find_link(
    connection: &mut PgConnection,
    source: &str,
    subject: &str,
) -> Result<Option<Link>> {
    let row = sqlx::query_as!(
        LinkRow,
        "SELECT source, subject, account_id, username, linked_at, seen_at, missing_since
           FROM identities
          WHERE source = $1 AND subject = $2",
        source,
        subject,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(Link::from))
}

/// The same, and nobody else changes it until the transaction ends.
pub async fn lock_link(
    connection: &mut PgConnection,
    source: &str,
    subject: &str,
) -> Result<Option<Link>> {
    let row = sqlx::query_as!(
        LinkRow,
        "SELECT source, subject, account_id, username, linked_at, seen_at, missing_since
           FROM identities
          WHERE source = $1 AND subject = $2
            FOR UPDATE",
        source,
        subject,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(Link::from))
}

/// Who a member is to every source.
pub async fn links_of(connection: &mut PgConnection, account: AccountId) -> Result<Vec<Link>> {
    let rows = sqlx::query_as!(
        LinkRow,
        "SELECT source, subject, account_id, username, linked_at, seen_at, missing_since
           FROM identities
          WHERE account_id = $1
          ORDER BY linked_at, source",
        account.get(),
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(Link::from).collect())
}

/// Every link there is, by member.
pub async fn all_links(connection: &mut PgConnection) -> Result<Vec<Link>> {
    let rows = sqlx::query_as!(
        LinkRow,
        "SELECT source, subject, account_id, username, linked_at, seen_at, missing_since
           FROM identities
          ORDER BY account_id, linked_at, source",
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(Link::from).collect())
}

/// Writes a link down.
///
/// `Error::Constraint("identities_pkey")` when that id is somebody already, `"identities_account_key"` when the member
/// is somebody else to that source.
pub async fn insert_link(
    connection: &mut PgConnection,
    link: &NewLink<'_>,
    now: OffsetDateTime,
) -> Result<()> {
    let done = sqlx::query!(
        "INSERT INTO identities (source, subject, account_id, username, linked_at, seen_at)
              VALUES ($1, $2, $3, $4, $5, $5)",
        link.source,
        link.subject,
        link.account_id.get(),
        link.username,
        now,
    )
    .execute(connection)
    .await;
    match done {
        Err(sqlx::Error::Database(cause))
            if cause.constraint() == Some("identities_account_key") =>
        {
            Err(crate::Error::Constraint("identities_account_key"))
        }
        other => other.on_constraint("identities_pkey").map(|_| ()),
    }
}

/// Takes away who a member is to a source.
pub async fn remove_link(
    connection: &mut PgConnection,
    account: AccountId,
    source: &str,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM identities WHERE account_id = $1 AND source = $2",
        account.get(),
        source,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that somebody was found by their source, and how it spells the name.
pub async fn link_seen(
    connection: &mut PgConnection,
    source: &str,
    subject: &str,
    username: &str,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE identities
            SET username = $3, seen_at = $4, missing_since = NULL
          WHERE source = $1 AND subject = $2",
        source,
        subject,
        username,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}
