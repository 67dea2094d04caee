//! Removing what nobody needs any more, a few hundred rows at a time so that nobody waits.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Answers to repeated requests older than a time. Says how many went.
pub async fn idempotency_keys(
    connection: &mut PgConnection,
    older_than: OffsetDateTime,
) -> Result<u64> {
    let done = sqlx::query!(
        "DELETE FROM idempotency_keys
          WHERE (account_id, key) IN (
                    SELECT account_id, key FROM idempotency_keys WHERE created_at < $1 LIMIT 500)",
        older_than,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

/// Tombstones that were to be remembered for a while only. Says how many went.
pub async fn tombstones(connection: &mut PgConnection, now: OffsetDateTime) -> Result<u64> {
    let done = sqlx::query!(
        "DELETE FROM tombstones
          WHERE uri IN (SELECT uri FROM tombstones WHERE expires_at < $1 LIMIT 500)",
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

/// Authorisation codes that have ended. Says how many went.
pub async fn authorisation_codes(
    connection: &mut PgConnection,
    now: OffsetDateTime,
) -> Result<u64> {
    let done = sqlx::query!(
        "DELETE FROM authorisation_codes
          WHERE code_hash IN (SELECT code_hash FROM authorisation_codes WHERE expires_at < $1 LIMIT 500)",
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

/// Sessions that nobody has used since a time. Says how many went.
pub async fn sessions(connection: &mut PgConnection, unseen_since: OffsetDateTime) -> Result<u64> {
    let done = sqlx::query!(
        "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE seen_at < $1 LIMIT 500)",
        unseen_since,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

/// Tokens that were revoked before a time. Says how many went.
pub async fn tokens(connection: &mut PgConnection, revoked_before: OffsetDateTime) -> Result<u64> {
    let done = sqlx::query!(
        "DELETE FROM tokens WHERE id IN (SELECT id FROM tokens WHERE revoked_at < $1 LIMIT 500)",
        revoked_before,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

/// Apps that registered before a time and that nobody has signed in with: anybody can make these rows (S63).
/// Says how many went.
pub async fn applications(
    connection: &mut PgConnection,
    older_than: OffsetDateTime,
) -> Result<u64> {
    let done = sqlx::query!(
        "DELETE FROM applications
          WHERE id IN (
                    SELECT a.id
                      FROM applications a
                     WHERE a.created_at < $1
                       AND NOT EXISTS (SELECT 1 FROM tokens t WHERE t.application_id = a.id)
                       AND NOT EXISTS (SELECT 1 FROM authorisation_codes c WHERE c.application_id = a.id)
                     LIMIT 500)",
        older_than,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

/// Links in letters that have ended. Says how many went.
pub async fn mail_tokens(connection: &mut PgConnection, now: OffsetDateTime) -> Result<u64> {
    let done = sqlx::query!(
        "DELETE FROM mail_tokens
          WHERE token_hash IN (SELECT token_hash FROM mail_tokens WHERE expires_at < $1 LIMIT 500)",
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

/// Places from which nobody has signed in since a time. Says how many went.
pub async fn known_places(
    connection: &mut PgConnection,
    unseen_since: OffsetDateTime,
) -> Result<u64> {
    let done = sqlx::query!(
        "DELETE FROM known_places
          WHERE (account_id, place) IN (
                    SELECT account_id, place FROM known_places WHERE seen_at < $1 LIMIT 500)",
        unseen_since,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

/// Challenges to passkeys that nobody has answered in time. Says how many went.
pub async fn passkey_ceremonies(connection: &mut PgConnection, now: OffsetDateTime) -> Result<u64> {
    let done = sqlx::query!(
        "DELETE FROM passkey_ceremonies
          WHERE (browser_hash, purpose) IN (
                    SELECT browser_hash, purpose FROM passkey_ceremonies WHERE expires_at < $1 LIMIT 500)",
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

/// Secrets of apps that were shown and never confirmed. Says how many went.
pub async fn totp_setups(connection: &mut PgConnection, older_than: OffsetDateTime) -> Result<u64> {
    let done = sqlx::query!(
        "DELETE FROM totp_setups
          WHERE account_id IN (SELECT account_id FROM totp_setups WHERE created_at < $1 LIMIT 500)",
        older_than,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}
