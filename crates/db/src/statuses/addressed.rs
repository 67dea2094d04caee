//! Who a status was sent to.

use model::{AccountId, StatusId};
use sqlx::PgConnection;

use crate::Result;

/// Everybody named or silently addressed, in order.
pub async fn addressed(connection: &mut PgConnection, status: StatusId) -> Result<Vec<AccountId>> {
    let ids = sqlx::query_scalar!(
        "SELECT account_id FROM mentions WHERE status_id = $1 ORDER BY position, account_id",
        status.get(),
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(AccountId::new).collect())
}

/// Lets one more account see a status that was delivered to it.
pub async fn address_silently(
    connection: &mut PgConnection,
    status: StatusId,
    to: AccountId,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO mentions (status_id, account_id, silent) VALUES ($1, $2, true)
         ON CONFLICT (status_id, account_id) DO NOTHING",
        status.get(),
        to.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}
