//! What this server has decided about a domain.

use model::Domain;

use crate::{App, Result};

/// What this server has decided about a domain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Nothing is exchanged with it.
    pub suspended: bool,
    /// Its people are left out of public timelines, and their follows wait for approval.
    pub silenced: bool,
    /// Its media are not fetched.
    pub rejects_media: bool,
    /// Its reports are not taken.
    pub rejects_reports: bool,
}

/// What holds for a domain: the decision about it, or about the nearest domain above it.
pub async fn policy(app: &App, domain: &Domain) -> Result<Policy> {
    let mut connection = app.db.acquire().await?;
    let row = db::peers::policy(&mut connection, domain).await?;
    Ok(row.map_or_else(Policy::default, |row| {
        let suspended = row.severity == "suspend";
        Policy {
            suspended,
            silenced: suspended || row.severity == "silence",
            rejects_media: suspended || row.reject_media,
            rejects_reports: suspended || row.reject_reports,
        }
    }))
}
