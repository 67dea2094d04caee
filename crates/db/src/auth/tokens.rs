//! Access tokens.

use model::{AccountId, ApplicationId, Scopes, TokenId, oauth::Token};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{Error, Result};

/// A token to be given.
#[derive(Clone, Debug)]
pub struct NewToken<'a> {
    /// SHA-256 of the secret.
    pub hash: &'a [u8],
    /// To which app.
    pub application_id: Option<ApplicationId>,
    /// For whom it acts.
    pub account_id: Option<AccountId>,
    /// What it may do.
    pub scopes: &'a Scopes,
    /// When the member had last proved to sit there, with a second factor, as it was granted.
    pub stepped_up_at: Option<OffsetDateTime>,
}

/// A token with the standing of the member it acts for.
#[derive(Clone, Debug)]
pub struct TokenRow {
    /// The token.
    pub token: Token,
    /// When its member was let in, confirmed, switched off, suspended; all `None` for an app's own token.
    pub approved_at: Option<OffsetDateTime>,
    /// When the mail address was confirmed.
    pub confirmed_at: Option<OffsetDateTime>,
    /// When sign-in was switched off.
    pub disabled_at: Option<OffsetDateTime>,
    /// When the account was suspended.
    pub suspended_at: Option<OffsetDateTime>,
    /// When they left the organisation.
    pub left_at: Option<OffsetDateTime>,
    /// When the token was last noted as used.
    pub used_at: Option<OffsetDateTime>,
    /// When the member was last noted as being here.
    pub seen_at: Option<OffsetDateTime>,
}

/// Writes a token down.
pub async fn insert_token(
    connection: &mut PgConnection,
    new: &NewToken<'_>,
    now: OffsetDateTime,
) -> Result<Token> {
    let id = sqlx::query_scalar!(
        "INSERT INTO tokens (id, token_hash, application_id, account_id, scopes, created_at, stepped_up_at)
              VALUES (snowflake($5), $1, $2, $3, $4, $5, $6)
           RETURNING id",
        new.hash,
        new.application_id.map(ApplicationId::get),
        new.account_id.map(AccountId::get),
        new.scopes.to_string(),
        now,
        new.stepped_up_at,
    )
    .fetch_one(connection)
    .await?;
    Ok(Token {
        id: TokenId::new(id),
        application_id: new.application_id,
        account_id: new.account_id,
        scopes: new.scopes.clone(),
        created_at: now,
    })
}

/// When the member had last proved to sit there, with a second factor, when a token was granted.
pub async fn token_stepped_up_at(
    connection: &mut PgConnection,
    id: TokenId,
) -> Result<Option<OffsetDateTime>> {
    let at = sqlx::query_scalar!("SELECT stepped_up_at FROM tokens WHERE id = $1", id.get())
        .fetch_optional(connection)
        .await?;
    Ok(at.flatten())
}

/// The token with this hash, unless it was revoked.
pub async fn find_token(connection: &mut PgConnection, hash: &[u8]) -> Result<Option<TokenRow>> {
    let row = sqlx::query!(
        r#"SELECT t.id,
                  t.application_id,
                  t.account_id,
                  t.scopes,
                  t.created_at,
                  m.approved_at AS "approved_at?",
                  m.confirmed_at AS "confirmed_at?",
                  m.disabled_at AS "disabled_at?",
                  a.suspended_at AS "suspended_at?",
                  m.left_at AS "left_at?",
                  t.last_used_at AS used_at,
                  m.last_active_at AS "seen_at?"
             FROM tokens t
             LEFT JOIN members m ON m.account_id = t.account_id
             LEFT JOIN accounts a ON a.id = t.account_id
            WHERE t.token_hash = $1 AND t.revoked_at IS NULL"#,
        hash,
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(TokenRow {
            token: Token {
                id: TokenId::new(row.id),
                application_id: row.application_id.map(ApplicationId::new),
                account_id: row.account_id.map(AccountId::new),
                scopes: row.scopes.parse().map_err(|_| Error::Inconsistency {
                    table: "tokens",
                    column: "scopes",
                    key: row.id.to_string(),
                })?,
                created_at: row.created_at,
            },
            approved_at: row.approved_at,
            confirmed_at: row.confirmed_at,
            disabled_at: row.disabled_at,
            suspended_at: row.suspended_at,
            left_at: row.left_at,
            used_at: row.used_at,
            seen_at: row.seen_at,
        })
    })
    .transpose()
}

/// Notes that a token was used, at most once an hour.
pub async fn token_used(
    connection: &mut PgConnection,
    id: TokenId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE tokens
            SET last_used_at = $2
          WHERE id = $1
            AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 hour')",
        id.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Revokes a token of an app. `None` when the app holds no such token.
pub async fn revoke_token_by_hash(
    connection: &mut PgConnection,
    application: ApplicationId,
    hash: &[u8],
    now: OffsetDateTime,
) -> Result<Option<TokenId>> {
    let id = sqlx::query_scalar!(
        "UPDATE tokens
            SET revoked_at = $3
          WHERE application_id = $1 AND token_hash = $2 AND revoked_at IS NULL
      RETURNING id",
        application.get(),
        hash,
        now,
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(TokenId::new))
}

/// Revokes a token.
pub async fn revoke_token_by_id(
    connection: &mut PgConnection,
    id: TokenId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL",
        id.get(),
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Revokes all tokens of a member.
pub async fn revoke_tokens_of(
    connection: &mut PgConnection,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE tokens SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL",
        account.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}
