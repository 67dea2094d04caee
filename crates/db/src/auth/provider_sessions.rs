//! Browsers that a provider has signed in, and may sign out.

use model::SessionId;
use sqlx::PgConnection;

use crate::Result;

/// Whose sessions a provider ends: of a person, of one session there, or both.
#[derive(Clone, Copy, Debug)]
pub struct EndedThere<'a> {
    /// The provider.
    pub source: &'a str,
    /// Its id of the person.
    pub subject: Option<&'a str>,
    /// Its name of the session.
    pub session: Option<&'a str>,
}

/// Notes which session of a provider a browser was signed in by; an empty name when the provider told none.
pub async fn note_provider_session(
    connection: &mut PgConnection,
    id: SessionId,
    provider_session: &str,
) -> Result<()> {
    sqlx::query!(
        "UPDATE sessions SET provider_session = $2 WHERE id = $1",
        id.get(),
        provider_session,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether a provider has signed this browser in.
pub async fn is_by_provider(connection: &mut PgConnection, id: SessionId) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT provider_session IS NOT NULL AS "is_by_provider!" FROM sessions WHERE id = $1"#,
        id.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.unwrap_or(false))
}

/// Ends the way in of whom the provider has signed out and who was asked for more here: the person's, and whatever
/// came from that session.
pub async fn end_provider_attempts(
    connection: &mut PgConnection,
    ended: EndedThere<'_>,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM sign_in_attempts
          WHERE identity ->> 'provider_session' = $3
             OR (identity ->> 'source' = $1 AND identity ->> 'subject' = $2)
             OR account_id IN (SELECT account_id FROM identities WHERE source = $1 AND subject = $2)",
        ended.source,
        ended.subject,
        ended.session,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends the sessions of a person whom the provider has signed out; how many those were. When it names a session,
/// sessions that are known to belong to another of its own go on.
pub async fn end_provider_sessions(
    connection: &mut PgConnection,
    ended: EndedThere<'_>,
) -> Result<u64> {
    let done = sqlx::query!(
        "DELETE FROM sessions
          USING identities
          WHERE identities.source = $1
            AND identities.account_id = sessions.account_id
            AND ($2::text IS NULL OR identities.subject = $2)
            AND ($3::text IS NULL
                 OR sessions.provider_session = $3
                 OR ($2::text IS NOT NULL AND coalesce(sessions.provider_session, '') = ''))",
        ended.source,
        ended.subject,
        ended.session,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}
