//! Authorisation codes.

use model::{AccountId, ApplicationId, Scopes, TokenId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{Error, Result};

/// A code to be given.
#[derive(Clone, Debug)]
pub struct NewCode<'a> {
    /// SHA-256 of the code.
    pub hash: &'a [u8],
    /// To which app.
    pub application_id: ApplicationId,
    /// Who agreed.
    pub account_id: AccountId,
    /// Where the code was sent.
    pub redirect_uri: &'a str,
    /// What was agreed to.
    pub scopes: &'a Scopes,
    /// RFC 7636, S256.
    pub pkce_challenge: Option<&'a str>,
    /// When the member had last proved to sit there, with a second factor.
    pub stepped_up_at: Option<OffsetDateTime>,
    /// When it ends.
    pub expires_at: OffsetDateTime,
}

/// A code as it was given.
#[derive(Clone, Debug)]
pub struct CodeRow {
    /// To which app.
    pub application_id: ApplicationId,
    /// Who agreed.
    pub account_id: AccountId,
    /// Where the code was sent.
    pub redirect_uri: String,
    /// What was agreed to.
    pub scopes: Scopes,
    /// RFC 7636, S256.
    pub pkce_challenge: Option<String>,
    /// When the member had last proved to sit there, with a second factor.
    pub stepped_up_at: Option<OffsetDateTime>,
    /// When it ends.
    pub expires_at: OffsetDateTime,
    /// When it was redeemed.
    pub used_at: Option<OffsetDateTime>,
    /// What it gave.
    pub token_id: Option<TokenId>,
}

/// Writes a code down.
pub async fn insert_code(
    connection: &mut PgConnection,
    code: &NewCode<'_>,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO authorisation_codes
                (code_hash, application_id, account_id, redirect_uri, scopes, pkce_challenge, created_at, expires_at,
                 stepped_up_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        code.hash,
        code.application_id.get(),
        code.account_id.get(),
        code.redirect_uri,
        code.scopes.to_string(),
        code.pkce_challenge,
        now,
        code.expires_at,
        code.stepped_up_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The code with this hash, locked until the transaction ends: of two that redeem it, one waits.
pub async fn lock_code(connection: &mut PgConnection, hash: &[u8]) -> Result<Option<CodeRow>> {
    let row = sqlx::query!(
        "SELECT application_id, account_id, redirect_uri, scopes, pkce_challenge, expires_at, used_at, token_id,
                stepped_up_at
           FROM authorisation_codes
          WHERE code_hash = $1
            FOR UPDATE",
        hash,
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(CodeRow {
            application_id: ApplicationId::new(row.application_id),
            account_id: AccountId::new(row.account_id),
            redirect_uri: row.redirect_uri,
            scopes: row.scopes.parse().map_err(|_| Error::Inconsistency {
                table: "authorisation_codes",
                column: "scopes",
                key: row.account_id.to_string(),
            })?,
            pkce_challenge: row.pkce_challenge,
            stepped_up_at: row.stepped_up_at,
            expires_at: row.expires_at,
            used_at: row.used_at,
            token_id: row.token_id.map(TokenId::new),
        })
    })
    .transpose()
}

/// Notes that a code was redeemed, and for what.
pub async fn use_code(
    connection: &mut PgConnection,
    hash: &[u8],
    token: TokenId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE authorisation_codes SET used_at = $2, token_id = $3 WHERE code_hash = $1",
        hash,
        now,
        token.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes the codes of a member, used or not.
pub async fn remove_codes_of(connection: &mut PgConnection, account: AccountId) -> Result<()> {
    sqlx::query!(
        "DELETE FROM authorisation_codes WHERE account_id = $1",
        account.get()
    )
    .execute(connection)
    .await?;
    Ok(())
}
