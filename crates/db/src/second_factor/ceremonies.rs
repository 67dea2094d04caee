//! Challenges that browsers were given, and whatever else of a second factor is half done.

use model::AccountId;
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// A challenge to be given.
#[derive(Clone, Debug)]
pub struct NewCeremony<'a> {
    /// To which browser.
    pub browser_hash: &'a [u8],
    /// For what.
    pub purpose: &'a str,
    /// Whose passkey is asked for, where that is known.
    pub account_id: Option<AccountId>,
    /// What the library keeps until the answer.
    pub state: &'a Value,
    /// When it is over.
    pub expires_at: OffsetDateTime,
}

/// Keeps a challenge; an earlier one of the same purpose in this browser is forgotten.
pub async fn start_ceremony(connection: &mut PgConnection, new: &NewCeremony<'_>) -> Result<()> {
    sqlx::query!(
        "INSERT INTO passkey_ceremonies (browser_hash, purpose, account_id, state, expires_at)
              VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (browser_hash, purpose)
           DO UPDATE SET account_id = $3, state = $4, expires_at = $5",
        new.browser_hash,
        new.purpose,
        new.account_id.map(AccountId::get),
        new.state,
        new.expires_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes a browser's challenge out, so that it is answered once. `None` when there is none, it is over, or it was
/// somebody else's.
pub async fn take_ceremony(
    connection: &mut PgConnection,
    browser_hash: &[u8],
    purpose: &str,
    account: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<Option<Value>> {
    let row = sqlx::query!(
        "DELETE FROM passkey_ceremonies
          WHERE browser_hash = $1 AND purpose = $2
      RETURNING account_id, state, expires_at",
        browser_hash,
        purpose,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row
        .filter(|row| row.expires_at > now && row.account_id == account.map(AccountId::get))
        .map(|row| row.state))
}

/// Ends what a member has begun and not finished: challenges, and an app being set up.
pub async fn remove_pending_of(connection: &mut PgConnection, account: AccountId) -> Result<()> {
    sqlx::query!(
        "DELETE FROM passkey_ceremonies WHERE account_id = $1",
        account.get()
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
