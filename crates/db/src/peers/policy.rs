//! What this server has decided about a domain.

use model::Domain;
use sqlx::PgConnection;

use crate::Result;

/// The decision that holds for a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyRow {
    /// `noop`, `silence` or `suspend`.
    pub severity: String,
    /// Its media are not fetched.
    pub reject_media: bool,
    /// Its reports are not taken.
    pub reject_reports: bool,
}

/// The decision about the domain or the nearest domain above it. Ports play no part.
pub async fn policy(connection: &mut PgConnection, domain: &Domain) -> Result<Option<PolicyRow>> {
    let host = domain.host();
    let mut names = vec![host.to_owned()];
    names.extend(
        host.match_indices('.')
            .map(|(dot, _)| host[dot + 1..].to_owned()),
    );
    let row = sqlx::query_as!(
        PolicyRow,
        "SELECT severity, reject_media, reject_reports
           FROM domain_blocks
          WHERE domain = ANY ($1)
          ORDER BY length(domain) DESC
          LIMIT 1",
        &names,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row)
}
