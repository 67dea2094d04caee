//! Public keys of everybody, sealed private keys of our own.

use model::AccountId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// A public key with what a verifier asks about its owner.
#[derive(Clone, Debug)]
pub struct KeyRow {
    /// Under which signatures name it.
    pub key_id: String,
    /// SPKI or PKCS#1, PEM.
    pub pem: String,
    /// Whose it is.
    pub owner: AccountId,
    /// The owner's ActivityPub id.
    pub owner_uri: String,
    /// Whether the owner is suspended.
    pub owner_is_suspended: bool,
    /// Whether the owner is a member or our own actor.
    pub owner_is_local: bool,
    /// When it was last fetched.
    pub fetched_at: OffsetDateTime,
}

/// The key that a signature names.
pub async fn find_key(connection: &mut PgConnection, key_id: &str) -> Result<Option<KeyRow>> {
    let row = sqlx::query_as!(
        KeyRow,
        r#"SELECT k.key_id,
                  k.pem,
                  k.account_id AS "owner",
                  a.uri AS owner_uri,
                  a.suspended_at IS NOT NULL AS "owner_is_suspended!",
                  a.domain IS NULL AS "owner_is_local!",
                  k.fetched_at
             FROM public_keys k
             JOIN accounts a ON a.id = k.account_id
            WHERE k.key_id = $1"#,
        key_id,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row)
}

/// Replaces all keys of an account. A key that another account holds stays with that account: a key
/// changes hands never (S13).
pub async fn replace_keys(
    connection: &mut PgConnection,
    id: AccountId,
    keys: &[(String, String)],
    now: OffsetDateTime,
) -> Result<()> {
    let (ids, pems): (Vec<String>, Vec<String>) = keys.iter().cloned().unzip();
    sqlx::query!(
        "DELETE FROM public_keys WHERE account_id = $1 AND key_id <> ALL ($2)",
        id.get(),
        &ids
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "INSERT INTO public_keys (key_id, account_id, pem, fetched_at)
              SELECT DISTINCT ON (key_id) key_id, $1, pem, $4
                FROM unnest($2::text[], $3::text[]) AS given (key_id, pem)
         ON CONFLICT (key_id) DO UPDATE
                 SET pem = excluded.pem, fetched_at = excluded.fetched_at
               WHERE public_keys.account_id = excluded.account_id",
        id.get(),
        &ids,
        &pems,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives one of our own actors its key pair.
pub async fn insert_keypair(
    connection: &mut PgConnection,
    id: AccountId,
    key_id: &str,
    public_pem: &str,
    sealed_private: &[u8],
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "WITH private AS (
             INSERT INTO private_keys (account_id, sealed, created_at) VALUES ($1, $4, $5)
         )
         INSERT INTO public_keys (key_id, account_id, pem, fetched_at) VALUES ($2, $1, $3, $5)",
        id.get(),
        key_id,
        public_pem,
        sealed_private,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The sealed private key of one of our own actors.
pub async fn sealed_key(connection: &mut PgConnection, id: AccountId) -> Result<Option<Vec<u8>>> {
    let sealed = sqlx::query_scalar!(
        "SELECT sealed FROM private_keys WHERE account_id = $1",
        id.get()
    )
    .fetch_optional(connection)
    .await?;
    Ok(sealed)
}
