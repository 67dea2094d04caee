//! Recovery codes, as hashes.

use model::AccountId;
use sqlx::PgConnection;

use crate::Result;

/// Puts new codes in the place of whatever there was.
pub async fn replace_recovery_codes(
    connection: &mut PgConnection,
    account: AccountId,
    hashes: &[Vec<u8>],
) -> Result<()> {
    remove_recovery_codes_of(connection, account).await?;
    sqlx::query!(
        "INSERT INTO recovery_codes (account_id, code_hash) SELECT $1, unnest($2::bytea[])",
        account.get(),
        hashes,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Uses a code up. False when there is none such (any more).
pub async fn use_recovery_code(
    connection: &mut PgConnection,
    account: AccountId,
    hash: &[u8],
) -> Result<bool> {
    let done = sqlx::query!(
        "DELETE FROM recovery_codes WHERE account_id = $1 AND code_hash = $2",
        account.get(),
        hash,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// How many a member has left.
pub async fn count_recovery_codes(
    connection: &mut PgConnection,
    account: AccountId,
) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM recovery_codes WHERE account_id = $1"#,
        account.get(),
    )
    .fetch_one(connection)
    .await?;
    Ok(count)
}

/// Removes all of a member's.
pub async fn remove_recovery_codes_of(
    connection: &mut PgConnection,
    account: AccountId,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM recovery_codes WHERE account_id = $1",
        account.get()
    )
    .execute(connection)
    .await?;
    Ok(())
}
