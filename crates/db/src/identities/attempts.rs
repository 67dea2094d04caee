//! Somebody on the way in.

use model::AccountId;
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Somebody has given one proof and is asked for another.
#[derive(Clone, Copy, Debug)]
pub struct NewAttempt<'a> {
    /// Of the cookie's value.
    pub hash: &'a [u8],
    /// What is still asked for.
    pub asks_for: &'a str,
    /// Who has shown a password.
    pub account_id: Option<AccountId>,
    /// Whom a source has recognised.
    pub identity: Option<&'a Value>,
    /// Where to go afterwards.
    pub redirect_to: &'a str,
    /// Until when.
    pub expires_at: OffsetDateTime,
}

/// Somebody on the way in.
#[derive(Clone, Debug)]
pub struct AttemptRow {
    /// Who has shown a password.
    pub account_id: Option<AccountId>,
    /// Whom a source has recognised.
    pub identity: Option<Value>,
    /// Where to go afterwards.
    pub redirect_to: String,
    /// Since when.
    pub created_at: OffsetDateTime,
}

/// Writes it down.
pub async fn insert_attempt(
    connection: &mut PgConnection,
    attempt: &NewAttempt<'_>,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO sign_in_attempts (token_hash, asks_for, account_id, identity, redirect_to, created_at, expires_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7)",
        attempt.hash,
        attempt.asks_for,
        attempt.account_id.map(AccountId::get),
        attempt.identity,
        attempt.redirect_to,
        now,
        attempt.expires_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The one with this hash, if it asks for this and has not expired.
pub async fn find_attempt(
    connection: &mut PgConnection,
    hash: &[u8],
    asks_for: &str,
    now: OffsetDateTime,
) -> Result<Option<AttemptRow>> {
    let row = sqlx::query!(
        "SELECT account_id, identity, redirect_to, created_at
           FROM sign_in_attempts
          WHERE token_hash = $1 AND asks_for = $2 AND expires_at > $3",
        hash,
        asks_for,
        now,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| AttemptRow {
        account_id: row.account_id.map(AccountId::new),
        identity: row.identity,
        redirect_to: row.redirect_to,
        created_at: row.created_at,
    }))
}

/// Removes the one with this hash. True for the one caller who did.
pub async fn take_attempt(
    connection: &mut PgConnection,
    hash: &[u8],
    asks_for: &str,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "DELETE FROM sign_in_attempts WHERE token_hash = $1 AND asks_for = $2 AND expires_at > $3",
        hash,
        asks_for,
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Removes those of a member.
pub async fn remove_attempts_of(connection: &mut PgConnection, account: AccountId) -> Result<()> {
    sqlx::query!(
        "DELETE FROM sign_in_attempts WHERE account_id = $1",
        account.get()
    )
    .execute(connection)
    .await?;
    Ok(())
}
