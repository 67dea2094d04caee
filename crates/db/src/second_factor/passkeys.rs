//! Passkeys: public keys, and the random name by which authenticators know a member.

use model::{AccountId, PasskeyId, member::Passkey};
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{Result, error::OnConstraint};

/// A passkey, with what the library keeps of it.
#[derive(Clone, Debug)]
pub struct PasskeyRow {
    /// The passkey.
    pub passkey: Passkey,
    /// Public key, counter and the like.
    pub credential: Value,
}

/// A passkey to be added.
#[derive(Clone, Debug)]
pub struct NewPasskey<'a> {
    /// Whose.
    pub account_id: AccountId,
    /// The authenticator's name for it.
    pub credential_id: &'a [u8],
    /// What its member calls it.
    pub name: &'a str,
    /// What the library keeps of it.
    pub credential: &'a Value,
}

/// A member's passkeys, oldest first.
pub async fn list_passkeys(
    connection: &mut PgConnection,
    account: AccountId,
) -> Result<Vec<PasskeyRow>> {
    let rows = sqlx::query!(
        "SELECT id, name, credential, created_at, last_used_at
           FROM passkeys
          WHERE account_id = $1
          ORDER BY id",
        account.get(),
    )
    .fetch_all(connection)
    .await?;
    let rows = rows.into_iter().map(|row| PasskeyRow {
        passkey: Passkey {
            id: PasskeyId::new(row.id),
            name: row.name,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        },
        credential: row.credential,
    });
    Ok(rows.collect())
}

/// Adds a passkey. `Constraint("passkeys_credential_key")` when somebody has it already.
pub async fn insert_passkey(
    connection: &mut PgConnection,
    new: &NewPasskey<'_>,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO passkeys (id, account_id, credential_id, name, credential, created_at)
              VALUES (snowflake($5), $1, $2, $3, $4, $5)",
        new.account_id.get(),
        new.credential_id,
        new.name,
        new.credential,
        now,
    )
    .execute(connection)
    .await
    .on_constraint("passkeys_credential_key")?;
    Ok(())
}

/// Notes that a passkey was shown, and what the library then knows of it.
pub async fn passkey_used(
    connection: &mut PgConnection,
    id: PasskeyId,
    credential: &Value,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE passkeys SET credential = $2, last_used_at = $3 WHERE id = $1",
        id.get(),
        credential,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives a member's passkey another name. False when the member has no such.
pub async fn rename_passkey(
    connection: &mut PgConnection,
    account: AccountId,
    id: PasskeyId,
    name: &str,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE passkeys SET name = $3 WHERE account_id = $1 AND id = $2",
        account.get(),
        id.get(),
        name,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Removes a member's passkey; its name. `None` when the member has no such.
pub async fn remove_passkey(
    connection: &mut PgConnection,
    account: AccountId,
    id: PasskeyId,
) -> Result<Option<String>> {
    let name = sqlx::query_scalar!(
        "DELETE FROM passkeys WHERE account_id = $1 AND id = $2 RETURNING name",
        account.get(),
        id.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(name)
}

/// Removes all passkeys of a member, who is known to authenticators by another name afterwards.
pub async fn remove_passkeys_of(connection: &mut PgConnection, account: AccountId) -> Result<()> {
    sqlx::query!("DELETE FROM passkeys WHERE account_id = $1", account.get())
        .execute(&mut *connection)
        .await?;
    sqlx::query!(
        "DELETE FROM passkey_handles WHERE account_id = $1",
        account.get()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The name by which authenticators know a member, if it has one.
pub async fn handle_of(
    connection: &mut PgConnection,
    account: AccountId,
) -> Result<Option<Vec<u8>>> {
    let handle = sqlx::query_scalar!(
        "SELECT handle FROM passkey_handles WHERE account_id = $1",
        account.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(handle)
}

/// Gives a member such a name, unless there is one.
pub async fn insert_handle(
    connection: &mut PgConnection,
    account: AccountId,
    handle: &[u8],
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO passkey_handles (account_id, handle) VALUES ($1, $2)
         ON CONFLICT (account_id) DO NOTHING",
        account.get(),
        handle,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Who is known to authenticators by this name.
pub async fn account_of_handle(
    connection: &mut PgConnection,
    handle: &[u8],
) -> Result<Option<AccountId>> {
    let id = sqlx::query_scalar!(
        "SELECT account_id FROM passkey_handles WHERE handle = $1",
        handle,
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(AccountId::new))
}
