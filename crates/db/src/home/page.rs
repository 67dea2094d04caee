//! Reading a home.

use model::{AccountId, Page, StatusId};
use sqlx::{PgConnection, QueryBuilder};

use crate::{
    Result,
    paging::{newest_first, push_page},
};

/// A part of a member's home, newest first. Whether each may still be seen is left to the views.
pub async fn page(
    connection: &mut PgConnection,
    member: AccountId,
    page: Page,
) -> Result<Vec<StatusId>> {
    let mut query =
        QueryBuilder::new("SELECT h.status_id FROM home_entries h WHERE h.account_id = ");
    query.push_bind(member.get());
    push_page(&mut query, "h.status_id", page);
    let ids: Vec<i64> = query.build_query_scalar().fetch_all(connection).await?;
    Ok(newest_first(
        ids.into_iter().map(StatusId::new).collect(),
        page,
    ))
}
