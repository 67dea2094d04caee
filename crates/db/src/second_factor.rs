//! What members show besides a password. Secrets come in sealed, codes as hashes.

mod ceremonies;
mod passkeys;
mod recovery;
mod totp;
mod tries;

pub use ceremonies::{NewCeremony, remove_pending_of, start_ceremony, take_ceremony};
pub use passkeys::{
    NewPasskey, PasskeyRow, account_of_handle, handle_of, insert_handle, insert_passkey,
    list_passkeys, passkey_used, remove_passkey, remove_passkeys_of, rename_passkey,
};
pub use recovery::{
    count_recovery_codes, remove_recovery_codes_of, replace_recovery_codes, use_recovery_code,
};
pub use totp::{
    TotpRow, find_totp, find_totp_setup, insert_totp_setup, remove_totp, set_totp, use_totp_step,
};
pub use tries::{Tries, count_try, forget_tries};

use model::AccountId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// What a member has.
#[derive(Clone, Copy, Debug)]
pub struct FactorsRow {
    /// Since when an app makes codes.
    pub totp_since: Option<OffsetDateTime>,
    /// So many passkeys.
    pub passkeys: i64,
    /// So many recovery codes.
    pub recovery_codes: i64,
}

/// What a member has, in one look.
pub async fn factors_of(connection: &mut PgConnection, account: AccountId) -> Result<FactorsRow> {
    let row = sqlx::query_as!(
        FactorsRow,
        r#"SELECT (SELECT confirmed_at FROM totp_secrets WHERE account_id = $1) AS totp_since,
                  (SELECT count(*) FROM passkeys WHERE account_id = $1) AS "passkeys!",
                  (SELECT count(*) FROM recovery_codes WHERE account_id = $1) AS "recovery_codes!""#,
        account.get(),
    )
    .fetch_one(connection)
    .await?;
    Ok(row)
}
