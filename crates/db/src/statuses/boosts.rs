//! Boosts: statuses that only point to another.

use model::{AccountId, Page, StatusId, Viewer};
use sqlx::{PgConnection, QueryBuilder};

use crate::{
    Result,
    paging::{newest_first, push_page},
};

/// The boost of a status by somebody.
pub async fn find_boost(
    connection: &mut PgConnection,
    by: AccountId,
    of: StatusId,
) -> Result<Option<StatusId>> {
    let id = sqlx::query_scalar!(
        "SELECT id FROM statuses WHERE account_id = $1 AND boost_of_id = $2 AND deleted_at IS NULL",
        by.get(),
        of.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(StatusId::new))
}

/// Who has boosted a status, as far as the viewer may see the boost: (number of the boost, who).
pub async fn boosted_by(
    connection: &mut PgConnection,
    viewer: Viewer,
    status: StatusId,
    page: Page,
) -> Result<Vec<(i64, AccountId)>> {
    let mut query = QueryBuilder::new("SELECT s.id, s.account_id FROM statuses_visible_to(");
    query
        .push_bind(viewer.account_id().map(AccountId::get))
        .push(") s WHERE s.boost_of_id = ")
        .push_bind(status.get());
    push_page(&mut query, "s.id", page);
    let rows: Vec<(i64, i64)> = query.build_query_as().fetch_all(connection).await?;
    let rows = rows
        .into_iter()
        .map(|(cursor, account)| (cursor, AccountId::new(account)))
        .collect();
    Ok(newest_first(rows, page))
}

/// Members who have boosted a status.
pub async fn boosters_among_members(
    connection: &mut PgConnection,
    status: StatusId,
) -> Result<Vec<AccountId>> {
    let ids = sqlx::query_scalar!(
        "SELECT s.account_id FROM statuses s
          WHERE s.boost_of_id = $1 AND s.deleted_at IS NULL AND s.local",
        status.get(),
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(AccountId::new).collect())
}
