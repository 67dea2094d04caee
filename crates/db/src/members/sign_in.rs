//! Passwords, as hashes.

use model::AccountId;
use sqlx::PgConnection;

use crate::Result;

/// Whose password it is, and its hash.
#[derive(Clone, Debug)]
pub struct PasswordRow {
    /// The member.
    pub account_id: AccountId,
    /// PHC format; `None` when the member has no password here.
    pub hash: Option<String>,
}

/// The password of the member with this name or mail address, whatever the case.
pub async fn find_password(
    connection: &mut PgConnection,
    login: &str,
) -> Result<Option<PasswordRow>> {
    let row = sqlx::query!(
        "SELECT m.account_id, m.password_hash
           FROM members m
           JOIN accounts a ON a.id = m.account_id
          WHERE (lower(a.username) = lower($1) AND a.domain IS NULL) OR lower(m.email) = lower($1)
          LIMIT 1",
        login,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| PasswordRow {
        account_id: AccountId::new(row.account_id),
        hash: row.password_hash,
    }))
}

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
