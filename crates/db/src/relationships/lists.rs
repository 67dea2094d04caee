//! Lists of people, paged by the relation that puts them there.

use model::{AccountId, Page};
use sqlx::PgConnection;

use crate::Result;

/// Who follows an account: (number of the follow, follower), newest first.
pub async fn followers(
    connection: &mut PgConnection,
    of: AccountId,
    page: Page,
) -> Result<Vec<(i64, AccountId)>> {
    let rows = sqlx::query!(
        "SELECT id, follower_id AS account_id
           FROM follows
          WHERE followee_id = $1 AND id < $2 AND id > $3
          ORDER BY CASE WHEN $4 THEN id END ASC, id DESC
          LIMIT $5",
        of.get(),
        page.before(),
        page.after(),
        page.is_upwards(),
        page.limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(newest_first(
        rows.into_iter()
            .map(|row| (row.id, AccountId::new(row.account_id))),
    ))
}

/// Whom an account follows: (number of the follow, followee), newest first.
pub async fn following(
    connection: &mut PgConnection,
    of: AccountId,
    page: Page,
) -> Result<Vec<(i64, AccountId)>> {
    let rows = sqlx::query!(
        "SELECT id, followee_id AS account_id
           FROM follows
          WHERE follower_id = $1 AND id < $2 AND id > $3
          ORDER BY CASE WHEN $4 THEN id END ASC, id DESC
          LIMIT $5",
        of.get(),
        page.before(),
        page.after(),
        page.is_upwards(),
        page.limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(newest_first(
        rows.into_iter()
            .map(|row| (row.id, AccountId::new(row.account_id))),
    ))
}

/// Who asks to follow an account: (number of the request, asker), newest first.
pub async fn requests(
    connection: &mut PgConnection,
    to: AccountId,
    page: Page,
) -> Result<Vec<(i64, AccountId)>> {
    let rows = sqlx::query!(
        "SELECT id, follower_id AS account_id
           FROM follow_requests
          WHERE followee_id = $1 AND id < $2 AND id > $3
          ORDER BY CASE WHEN $4 THEN id END ASC, id DESC
          LIMIT $5",
        to.get(),
        page.before(),
        page.after(),
        page.is_upwards(),
        page.limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(newest_first(
        rows.into_iter()
            .map(|row| (row.id, AccountId::new(row.account_id))),
    ))
}

fn newest_first(rows: impl Iterator<Item = (i64, AccountId)>) -> Vec<(i64, AccountId)> {
    let mut rows: Vec<_> = rows.collect();
    rows.sort_unstable_by_key(|(id, _)| std::cmp::Reverse(*id));
    rows
}
