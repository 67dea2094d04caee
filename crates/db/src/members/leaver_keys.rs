//! What opens the leaver's page: links that work once, and the sessions they open.

use model::AccountId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaverKey {
    /// Opens a session, once.
    Link,
    /// A browser that shows the page.
    Session,
}

impl LeaverKey {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Session => "session",
        }
    }
}

/// Writes one down.
pub async fn insert_leaver_key(
    connection: &mut PgConnection,
    hash: &[u8],
    kind: LeaverKey,
    account: AccountId,
    created_at: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO leaver_keys (token_hash, kind, account_id, created_at, expires_at)
              VALUES ($1, $2, $3, $4, $5)",
        hash,
        kind.as_str(),
        account.get(),
        created_at,
        expires_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whose it is, while it lasts, and the leaver's grace or what moderators have decided does.
pub async fn find_leaver_key(
    connection: &mut PgConnection,
    hash: &[u8],
    kind: LeaverKey,
    now: OffsetDateTime,
) -> Result<Option<AccountId>> {
    let id = sqlx::query_scalar!(
        "SELECT k.account_id
           FROM leaver_keys k
           JOIN members m ON m.account_id = k.account_id
           JOIN accounts a ON a.id = k.account_id
          WHERE k.token_hash = $1
            AND k.kind = $2
            AND k.expires_at > $3
            AND (   (m.left_at IS NOT NULL AND m.ends_at > $3)
                 OR m.disabled_at IS NOT NULL
                 OR a.suspension_origin = 'local')",
        hash,
        kind.as_str(),
        now,
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(AccountId::new))
}

/// Removes one. False when it was gone before: of two who use a link at the same time, one is told so.
pub async fn remove_leaver_key(
    connection: &mut PgConnection,
    hash: &[u8],
    kind: LeaverKey,
) -> Result<bool> {
    let done = sqlx::query!(
        "DELETE FROM leaver_keys WHERE token_hash = $1 AND kind = $2",
        hash,
        kind.as_str(),
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Removes all of one account.
pub async fn remove_leaver_keys_of(
    connection: &mut PgConnection,
    account: AccountId,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM leaver_keys WHERE account_id = $1",
        account.get()
    )
    .execute(connection)
    .await?;
    Ok(())
}
