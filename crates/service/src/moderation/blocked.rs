//! Which servers are blocked, for everybody: the same as the public log says, so that anybody can compare the two.

use aws_lc_rs::digest::{SHA256, digest};

use super::log::obfuscated;
use crate::{App, Result};

/// A blocked server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockedServer {
    /// Its domain, with stars in it where the moderators decided so.
    pub domain: String,
    /// SHA-256 of the domain, in hex.
    pub digest: String,
    /// `silence` or `suspend`.
    pub severity: String,
    /// Why.
    pub comment: String,
}

/// Every blocked server, suspended ones first.
pub async fn blocked_servers(app: &App) -> Result<Vec<BlockedServer>> {
    let mut connection = app.db.acquire().await?;
    let rows = db::moderation::blocked_servers(&mut connection).await?;
    Ok(rows
        .into_iter()
        .map(|row| BlockedServer {
            digest: hex::encode(digest(&SHA256, row.domain.as_bytes())),
            domain: if row.obfuscate {
                obfuscated(&row.domain)
            } else {
                row.domain
            },
            severity: row.severity,
            comment: row.comment,
        })
        .collect())
}
