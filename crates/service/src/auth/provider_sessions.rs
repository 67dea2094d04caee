//! Browsers that a provider has signed in, and may sign out.

use model::SessionId;

pub use db::auth::EndedThere;

use crate::{App, Result};

/// The session at a provider with which somebody has come in: its own name of it, empty when it told none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProviderSession(pub String);

/// Notes by which session of a provider a browser was signed in.
pub async fn note_provider_session(
    app: &App,
    session: SessionId,
    by: &ProviderSession,
) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    Ok(db::auth::note_provider_session(&mut connection, session, &by.0).await?)
}

/// Whether a provider has signed this browser in.
pub async fn is_by_provider(app: &App, session: SessionId) -> Result<bool> {
    let mut connection = app.db.acquire().await?;
    Ok(db::auth::is_by_provider(&mut connection, session).await?)
}

/// Ends the sessions of somebody whom a provider has signed out, and how far they had come without one; how many
/// sessions those were. Nothing is told when the
/// provider speaks of somebody who is not a member: it does not know who is. The caller names a person or a session.
pub async fn end_provider_sessions(app: &App, ended: EndedThere<'_>) -> Result<u64> {
    if ended.subject.is_none() && ended.session.is_none() {
        return Ok(0);
    }
    let mut tx = app.db.begin().await?;
    db::auth::end_provider_attempts(&mut tx, ended).await?;
    let sessions = db::auth::end_provider_sessions(&mut tx, ended).await?;
    tx.commit().await?;
    Ok(sessions)
}
