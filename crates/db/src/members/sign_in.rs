//! Passwords, as hashes.

use model::AccountId;
use sqlx::PgConnection;

use crate::Result;

/// Sets a member's password. False when there is no such member.
pub async fn set_password(
    connection: &mut PgConnection,
    id: AccountId,
    hash: &str,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE members SET password_hash = $2 WHERE account_id = $1",
        id.get(),
        hash
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}
