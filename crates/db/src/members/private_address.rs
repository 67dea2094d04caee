//! Where a member can be reached after leaving.

use model::AccountId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// A member's private address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrivateAddress {
    /// The one that is confirmed.
    pub email: Option<String>,
    /// The one that waits to be.
    pub pending: Option<String>,
}

/// What a member has given; nothing when they have given none.
pub async fn private_address(
    connection: &mut PgConnection,
    of: AccountId,
) -> Result<PrivateAddress> {
    let row = sqlx::query!(
        "SELECT email, pending_email FROM private_addresses WHERE account_id = $1",
        of.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(
        row.map_or_else(PrivateAddress::default, |row| PrivateAddress {
            email: row.email,
            pending: row.pending_email,
        }),
    )
}

/// Notes an address that waits to be confirmed, in place of another that does.
pub async fn set_pending_address(
    connection: &mut PgConnection,
    of: AccountId,
    email: &str,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO private_addresses AS p (account_id, pending_email)
              VALUES ($1, $2)
         ON CONFLICT (account_id) DO UPDATE
                 SET pending_email = excluded.pending_email, token_hash = NULL, token_expires_at = NULL",
        of.get(),
        email,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps the hash of what is written to the address that waits. False when another waits by now.
pub async fn set_address_token(
    connection: &mut PgConnection,
    of: AccountId,
    email: &str,
    hash: &[u8],
    expires_at: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE private_addresses
            SET token_hash = $3, token_expires_at = $4
          WHERE account_id = $1 AND pending_email = $2",
        of.get(),
        email,
        hash,
        expires_at,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Confirms the address that this was written to, if its owner is still a member. Answers whose it is.
pub async fn confirm_private_address(
    connection: &mut PgConnection,
    hash: &[u8],
    now: OffsetDateTime,
) -> Result<Option<AccountId>> {
    let id = sqlx::query_scalar!(
        "UPDATE private_addresses p
            SET email = p.pending_email, pending_email = NULL, token_hash = NULL, token_expires_at = NULL
           FROM members m
          WHERE p.token_hash = $1
            AND p.token_expires_at > $2
            AND m.account_id = p.account_id
            AND m.left_at IS NULL
      RETURNING p.account_id",
        hash,
        now,
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(AccountId::new))
}

/// Forgets all that a member has given.
pub async fn remove_private_address(connection: &mut PgConnection, of: AccountId) -> Result<()> {
    sqlx::query!(
        "DELETE FROM private_addresses WHERE account_id = $1",
        of.get()
    )
    .execute(connection)
    .await?;
    Ok(())
}
