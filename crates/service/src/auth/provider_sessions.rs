//! Browsers that a provider has signed in, and may sign out.

use model::SessionId;

pub use db::auth::EndedThere;

use super::secret;
use crate::{App, Result};

/// Notes which session of a provider the browser with this cookie was signed in by.
pub async fn note_provider_session(
    app: &App,
    cookie: &str,
    provider_session: Option<&str>,
) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    let name = provider_session.unwrap_or_default();
    Ok(db::auth::note_provider_session(&mut connection, &secret::hash(cookie), name).await?)
}

/// Whether a provider has signed this browser in.
pub async fn is_by_provider(app: &App, session: SessionId) -> Result<bool> {
    let mut connection = app.db.acquire().await?;
    Ok(db::auth::is_by_provider(&mut connection, session).await?)
}

/// Ends the sessions of somebody whom a provider has signed out; how many those were. Nothing is told when the
/// provider speaks of somebody who is not a member: it does not know who is. The caller names a person or a session.
pub async fn end_provider_sessions(app: &App, ended: EndedThere<'_>) -> Result<u64> {
    if ended.subject.is_none() && ended.session.is_none() {
        return Ok(0);
    }
    let mut connection = app.db.acquire().await?;
    Ok(db::auth::end_provider_sessions(&mut connection, ended).await?)
}
