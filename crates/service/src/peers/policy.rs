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

impl Policy {
    /// Nothing is exchanged at all.
    const SHUT_OUT: Self = Self {
        suspended: true,
        silenced: true,
        rejects_media: true,
        rejects_reports: true,
    };
}

/// What holds for a domain: the decision about it, or about the nearest domain above it. Where only listed servers are dealt
/// with, every other is as if suspended.
pub async fn policy(app: &App, domain: &Domain) -> Result<Policy> {
    let mut connection = app.db.acquire().await?;
    if app.settings.limited_federation
        && !db::moderation::effects::is_allowed(&mut connection, domain).await?
    {
        return Ok(Policy::SHUT_OUT);
    }
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

/// Whether nothing is taken in from a domain for the moment.
pub async fn is_paused(app: &App, domain: &Domain) -> Result<bool> {
    let mut connection = app.db.acquire().await?;
    Ok(db::moderation::effects::is_paused(&mut connection, domain).await?)
}
