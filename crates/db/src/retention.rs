//! Removing what nobody needs any more, a few hundred rows at a time so that nobody waits.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// What is kept for a while only, and what of it a time means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Answers to repeated requests, given before it.
    IdempotencyKeys,
    /// Tombstones that were to be remembered until then.
    Tombstones,
    /// Authorisation codes that ended before it.
    AuthorisationCodes,
    /// Sessions that nobody has used since.
    Sessions,
    /// Tokens that were revoked before it.
    Tokens,
    /// Apps that registered before it and that nobody has signed in with: anybody can make these rows (S63).
    Applications,
    /// Sign-ins left half-way that ended before it.
    SignInAttempts,
    /// Links in letters that ended before it.
    MailTokens,
    /// Keys to the page of leavers that ended before it.
    LeaverKeys,
    /// Places from which nobody has signed in since.
    KnownPlaces,
    /// Challenges to passkeys that nobody answered until then.
    PasskeyCeremonies,
    /// Secrets of authenticator apps that were shown before it and never confirmed.
    TotpSetups,
}

/// Removes some of a kind. Says how many went; none are left when none did.
pub async fn remove(
    connection: &mut PgConnection,
    kept: Kept,
    time: OffsetDateTime,
) -> Result<u64> {
    let removal = match kept {
        Kept::IdempotencyKeys => sqlx::query!(
            "DELETE FROM idempotency_keys
              WHERE (account_id, key) IN (
                        SELECT account_id, key FROM idempotency_keys WHERE created_at < $1 LIMIT 500)",
            time,
        ),
        Kept::Tombstones => sqlx::query!(
            "DELETE FROM tombstones
              WHERE uri IN (SELECT uri FROM tombstones WHERE expires_at < $1 LIMIT 500)",
            time,
        ),
        Kept::AuthorisationCodes => sqlx::query!(
            "DELETE FROM authorisation_codes
              WHERE code_hash IN (SELECT code_hash FROM authorisation_codes WHERE expires_at < $1 LIMIT 500)",
            time,
        ),
        Kept::Sessions => sqlx::query!(
            "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE seen_at < $1 LIMIT 500)",
            time,
        ),
        Kept::Tokens => sqlx::query!(
            "DELETE FROM tokens WHERE id IN (SELECT id FROM tokens WHERE revoked_at < $1 LIMIT 500)",
            time,
        ),
        Kept::Applications => sqlx::query!(
            "DELETE FROM applications
              WHERE id IN (
                        SELECT a.id
                          FROM applications a
                         WHERE a.created_at < $1
                           AND NOT EXISTS (SELECT 1 FROM tokens t WHERE t.application_id = a.id)
                           AND NOT EXISTS (SELECT 1 FROM authorisation_codes c WHERE c.application_id = a.id)
                         LIMIT 500)",
            time,
        ),
        Kept::SignInAttempts => sqlx::query!(
            "DELETE FROM sign_in_attempts
              WHERE token_hash IN (SELECT token_hash FROM sign_in_attempts WHERE expires_at < $1 LIMIT 500)",
            time,
        ),
        Kept::MailTokens => sqlx::query!(
            "DELETE FROM mail_tokens
              WHERE token_hash IN (SELECT token_hash FROM mail_tokens WHERE expires_at < $1 LIMIT 500)",
            time,
        ),
        Kept::LeaverKeys => sqlx::query!(
            "DELETE FROM leaver_keys
              WHERE token_hash IN (SELECT token_hash FROM leaver_keys WHERE expires_at < $1 LIMIT 500)",
            time,
        ),
        Kept::KnownPlaces => sqlx::query!(
            "DELETE FROM known_places
              WHERE (account_id, place) IN (
                        SELECT account_id, place FROM known_places WHERE seen_at < $1 LIMIT 500)",
            time,
        ),
        Kept::PasskeyCeremonies => sqlx::query!(
            "DELETE FROM passkey_ceremonies
              WHERE (browser_hash, purpose) IN (
                        SELECT browser_hash, purpose FROM passkey_ceremonies WHERE expires_at < $1 LIMIT 500)",
            time,
        ),
        Kept::TotpSetups => sqlx::query!(
            "DELETE FROM totp_setups
              WHERE account_id IN (SELECT account_id FROM totp_setups WHERE created_at < $1 LIMIT 500)",
            time,
        ),
    };
    Ok(removal.execute(connection).await?.rows_affected())
}
