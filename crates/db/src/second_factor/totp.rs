//! Secrets of apps that make codes, sealed.

use model::AccountId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// A secret.
#[derive(Clone, Debug)]
pub struct TotpRow {
    /// Sealed with the master key.
    pub sealed: Vec<u8>,
    /// The step of the last code that was taken.
    pub last_step: i64,
}

/// A member's secret.
pub async fn find_totp(
    connection: &mut PgConnection,
    account: AccountId,
) -> Result<Option<TotpRow>> {
    let row = sqlx::query_as!(
        TotpRow,
        "SELECT sealed, last_step FROM totp_secrets WHERE account_id = $1",
        account.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(row)
}

/// Sets a member's secret, whether there was one or not.
pub async fn set_totp(
    connection: &mut PgConnection,
    account: AccountId,
    row: &TotpRow,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO totp_secrets (account_id, sealed, last_step, confirmed_at)
              VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id)
           DO UPDATE SET sealed = $2, last_step = $3, confirmed_at = $4",
        account.get(),
        row.sealed,
        row.last_step,
        now,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "DELETE FROM totp_setups WHERE account_id = $1",
        account.get()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes a code of this step. False when one of this step or a later one was taken before, by whoever was faster.
pub async fn use_totp_step(
    connection: &mut PgConnection,
    account: AccountId,
    step: i64,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE totp_secrets SET last_step = $2 WHERE account_id = $1 AND last_step < $2",
        account.get(),
        step,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Removes a member's secret, and one that is being set up. False when there was none.
pub async fn remove_totp(connection: &mut PgConnection, account: AccountId) -> Result<bool> {
    sqlx::query!(
        "DELETE FROM totp_setups WHERE account_id = $1",
        account.get()
    )
    .execute(&mut *connection)
    .await?;
    let done = sqlx::query!(
        "DELETE FROM totp_secrets WHERE account_id = $1",
        account.get()
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The sealed secret that is being set up, unless it was made before a time.
pub async fn find_totp_setup(
    connection: &mut PgConnection,
    account: AccountId,
    made_after: OffsetDateTime,
) -> Result<Option<Vec<u8>>> {
    let sealed = sqlx::query_scalar!(
        "SELECT sealed FROM totp_setups WHERE account_id = $1 AND created_at > $2",
        account.get(),
        made_after,
    )
    .fetch_optional(connection)
    .await?;
    Ok(sealed)
}

/// Keeps a sealed secret that is to be set up; an earlier one is forgotten.
pub async fn insert_totp_setup(
    connection: &mut PgConnection,
    account: AccountId,
    sealed: &[u8],
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO totp_setups (account_id, sealed, created_at)
              VALUES ($1, $2, $3)
         ON CONFLICT (account_id) DO UPDATE SET sealed = $2, created_at = $3",
        account.get(),
        sealed,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}
