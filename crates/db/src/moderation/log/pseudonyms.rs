//! Names that accounts have in the public log.

use model::{AccountId, StatusId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// The sealed key that names are made with.
pub async fn pseudonym_key(connection: &mut PgConnection) -> Result<Option<Vec<u8>>> {
    let sealed = sqlx::query_scalar!("SELECT sealed FROM log_pseudonym_key")
        .fetch_optional(connection)
        .await?;
    Ok(sealed)
}

/// Keeps the first key; there is never another.
pub async fn insert_pseudonym_key(
    connection: &mut PgConnection,
    sealed: &[u8],
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO log_pseudonym_key (sealed, created_at) VALUES ($1, $2)",
        sealed,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The name of an account, if it has one.
pub async fn pseudonym_of(
    connection: &mut PgConnection,
    account: AccountId,
) -> Result<Option<String>> {
    let name = sqlx::query_scalar!(
        "SELECT pseudonym FROM log_pseudonyms WHERE account_id = $1",
        account.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(name)
}

/// Gives an account a name. `false` when it is another's.
pub async fn keep_pseudonym(
    connection: &mut PgConnection,
    account: AccountId,
    pseudonym: &str,
) -> Result<bool> {
    let done = sqlx::query!(
        "INSERT INTO log_pseudonyms (pseudonym, account_id) VALUES ($1, $2)
         ON CONFLICT (pseudonym) DO NOTHING",
        pseudonym,
        account.get(),
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Who wrote a post, whether it is still there for others or not.
pub async fn author_of(
    connection: &mut PgConnection,
    status: StatusId,
) -> Result<Option<AccountId>> {
    let id = sqlx::query_scalar!(
        "SELECT account_id FROM statuses WHERE id = $1",
        status.get()
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(AccountId::new))
}

/// Which entry a strike stands in, and about whom it is.
pub async fn strike_entry(
    connection: &mut PgConnection,
    strike: i64,
) -> Result<Option<(i64, AccountId)>> {
    let row = sqlx::query!(
        "SELECT log_seq, account_id FROM strikes WHERE id = $1",
        strike
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| (row.log_seq, AccountId::new(row.account_id))))
}
