//! Rules about other servers, as everybody may know them.

use sqlx::PgConnection;

use crate::Result;

/// A rule about a server that keeps something out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockedServer {
    /// The server and everything below it.
    pub domain: String,
    /// `silence` or `suspend`.
    pub severity: String,
    /// Its name is shown in part only.
    pub obfuscate: bool,
    /// Why, for everybody.
    pub comment: String,
}

/// Every server that is limited or suspended, suspended ones first.
pub async fn blocked_servers(connection: &mut PgConnection) -> Result<Vec<BlockedServer>> {
    let rows = sqlx::query_as!(
        BlockedServer,
        "SELECT domain, severity, obfuscate, public_comment AS comment
           FROM domain_blocks
          WHERE severity IN ('silence', 'suspend')
          ORDER BY severity DESC, domain"
    )
    .fetch_all(connection)
    .await?;
    Ok(rows)
}
