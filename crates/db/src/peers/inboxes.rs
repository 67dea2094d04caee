//! Where a document has to go: the shared inbox where there is one, each address once, nobody who is
//! suspended or given up.

use model::{AccountId, StatusId};
use sqlx::PgConnection;

use crate::Result;

/// Inboxes of the remote followers of an account.
pub async fn follower_inboxes(connection: &mut PgConnection, of: AccountId) -> Result<Vec<String>> {
    let inboxes = sqlx::query_scalar!(
        r#"SELECT DISTINCT coalesce(a.shared_inbox_url, a.inbox_url) AS "inbox!"
             FROM follows f
             JOIN accounts a ON a.id = f.follower_id
             -- Failures are marked by the host of the inbox, which with a split domain is not the handle's.
             LEFT JOIN peers p
                    ON p.domain = substring(coalesce(a.shared_inbox_url, a.inbox_url) FROM '^https?://([^/?#]+)')
            WHERE f.followee_id = $1
              AND a.domain IS NOT NULL
              AND a.suspended_at IS NULL
              AND p.unavailable_since IS NULL"#,
        of.get(),
    )
    .fetch_all(connection)
    .await?;
    Ok(inboxes)
}

/// Inboxes of these accounts, as far as they are remote.
pub async fn inboxes_of(
    connection: &mut PgConnection,
    accounts: &[AccountId],
) -> Result<Vec<String>> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = accounts.iter().map(|id| id.get()).collect();
    let inboxes = sqlx::query_scalar!(
        r#"SELECT DISTINCT coalesce(a.shared_inbox_url, a.inbox_url) AS "inbox!"
             FROM accounts a
             -- Failures are marked by the host of the inbox, which with a split domain is not the handle's.
             LEFT JOIN peers p
                    ON p.domain = substring(coalesce(a.shared_inbox_url, a.inbox_url) FROM '^https?://([^/?#]+)')
            WHERE a.id = ANY ($1)
              AND a.domain IS NOT NULL
              AND a.suspended_at IS NULL
              AND p.unavailable_since IS NULL"#,
        &ids,
    )
    .fetch_all(connection)
    .await?;
    Ok(inboxes)
}

/// Remote people who boosted, favourited or answered a status.
pub async fn interested_in(
    connection: &mut PgConnection,
    status: StatusId,
) -> Result<Vec<AccountId>> {
    let accounts = sqlx::query_scalar!(
        r#"SELECT DISTINCT a.id AS "id!"
             FROM (
                 SELECT account_id FROM statuses WHERE boost_of_id = $1
                 UNION ALL
                 SELECT account_id FROM statuses WHERE in_reply_to_id = $1
                 UNION ALL
                 SELECT account_id FROM favourites WHERE status_id = $1
             ) AS people
             JOIN accounts a ON a.id = people.account_id
            WHERE a.domain IS NOT NULL"#,
        status.get(),
    )
    .fetch_all(connection)
    .await?;
    Ok(accounts.into_iter().map(AccountId::new).collect())
}

/// Every inbox that is known: what concerns everybody who may ever have heard of one of ours goes there.
pub async fn all_inboxes(connection: &mut PgConnection) -> Result<Vec<String>> {
    let inboxes = sqlx::query_scalar!(
        r#"SELECT DISTINCT coalesce(a.shared_inbox_url, a.inbox_url) AS "inbox!"
             FROM accounts a
             -- Failures are marked by the host of the inbox, which with a split domain is not the handle's.
             LEFT JOIN peers p
                    ON p.domain = substring(coalesce(a.shared_inbox_url, a.inbox_url) FROM '^https?://([^/?#]+)')
            WHERE a.domain IS NOT NULL
              AND a.suspended_at IS NULL
              AND p.unavailable_since IS NULL"#,
    )
    .fetch_all(connection)
    .await?;
    Ok(inboxes)
}
