//! Lists of people, paged by the relation that puts them there.

use model::{AccountId, Page};
use sqlx::{PgConnection, Postgres, QueryBuilder};

use crate::{
    Result,
    paging::{newest_first, push_page},
};

/// Who follows an account: (number of the follow, follower), newest first.
pub async fn followers(
    connection: &mut PgConnection,
    of: AccountId,
    page: Page,
) -> Result<Vec<(i64, AccountId)>> {
    let query = QueryBuilder::new("SELECT id, follower_id FROM follows WHERE followee_id = ");
    people(connection, query, of, page).await
}

/// Whom an account follows: (number of the follow, followee), newest first.
pub async fn following(
    connection: &mut PgConnection,
    of: AccountId,
    page: Page,
) -> Result<Vec<(i64, AccountId)>> {
    let query = QueryBuilder::new("SELECT id, followee_id FROM follows WHERE follower_id = ");
    people(connection, query, of, page).await
}

/// Who asks to follow an account: (number of the request, asker), newest first.
pub async fn requests(
    connection: &mut PgConnection,
    to: AccountId,
    page: Page,
) -> Result<Vec<(i64, AccountId)>> {
    let query =
        QueryBuilder::new("SELECT id, follower_id FROM follow_requests WHERE followee_id = ");
    people(connection, query, to, page).await
}

/// Finishes a query that waits for whose list it is.
async fn people(
    connection: &mut PgConnection,
    mut query: QueryBuilder<Postgres>,
    whose: AccountId,
    page: Page,
) -> Result<Vec<(i64, AccountId)>> {
    query.push_bind(whose.get());
    push_page(&mut query, "id", page);
    let rows: Vec<(i64, i64)> = query.build_query_as().fetch_all(connection).await?;
    let rows = rows
        .into_iter()
        .map(|(id, account)| (id, AccountId::new(account)))
        .collect();
    Ok(newest_first(rows, page))
}
