//! Finding accounts.

use model::{Account, AccountId, Domain, Handle};
use sqlx::PgConnection;

use crate::{Result, accounts::AccountRow};

/// One account.
pub async fn by_id(connection: &mut PgConnection, id: AccountId) -> Result<Option<Account>> {
    sqlx::query_as::<_, AccountRow>("SELECT a.* FROM accounts a WHERE a.id = $1")
        .bind(id.get())
        .fetch_optional(connection)
        .await?
        .map(Account::try_from)
        .transpose()
}

/// Several accounts in one query, in no particular order; ids that name nobody are left out.
pub async fn by_ids(connection: &mut PgConnection, ids: &[AccountId]) -> Result<Vec<Account>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    sqlx::query_as::<_, AccountRow>("SELECT a.* FROM accounts a WHERE a.id = ANY ($1)")
        .bind(ids)
        .fetch_all(connection)
        .await?
        .into_iter()
        .map(Account::try_from)
        .collect()
}

/// By ActivityPub id.
pub async fn by_uri(connection: &mut PgConnection, uri: &str) -> Result<Option<Account>> {
    sqlx::query_as::<_, AccountRow>("SELECT a.* FROM accounts a WHERE a.uri = $1")
        .bind(uri)
        .fetch_optional(connection)
        .await?
        .map(Account::try_from)
        .transpose()
}

/// By handle, whatever the case of the name. No domain means a member.
pub async fn by_handle(connection: &mut PgConnection, handle: &Handle) -> Result<Option<Account>> {
    sqlx::query_as::<_, AccountRow>(
        "SELECT a.*
           FROM accounts a
          WHERE lower(a.username) = lower($1)
            AND coalesce(a.domain, '') = $2",
    )
    .bind(handle.username.as_str())
    .bind(handle.domain.as_ref().map_or("", Domain::as_str))
    .fetch_optional(connection)
    .await?
    .map(Account::try_from)
    .transpose()
}

/// Where a remote account takes deliveries: its own inbox, and the one its server shares.
pub async fn inbox_of(
    connection: &mut PgConnection,
    id: AccountId,
) -> Result<Option<(String, Option<String>)>> {
    let row = sqlx::query!(
        "SELECT inbox_url, shared_inbox_url FROM accounts WHERE id = $1",
        id.get()
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| (row.inbox_url, row.shared_inbox_url)))
}

/// The collection of an account's followers: its address in a post means "followers only".
pub async fn followers_url(connection: &mut PgConnection, id: AccountId) -> Result<Option<String>> {
    let url = sqlx::query_scalar!("SELECT followers_url FROM accounts WHERE id = $1", id.get())
        .fetch_optional(connection)
        .await?;
    Ok(url.flatten())
}

/// Which of these accounts are members.
pub async fn members_among(
    connection: &mut PgConnection,
    ids: &[AccountId],
) -> Result<Vec<AccountId>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    let found = sqlx::query_scalar!(
        "SELECT account_id FROM members WHERE account_id = ANY ($1)",
        &ids
    )
    .fetch_all(connection)
    .await?;
    Ok(found.into_iter().map(AccountId::new).collect())
}
