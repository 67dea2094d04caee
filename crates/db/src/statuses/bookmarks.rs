//! Bookmarks: private to their owner.

use model::{AccountId, Page, StatusId};
use sqlx::{PgConnection, QueryBuilder};
use time::OffsetDateTime;

use crate::{
    Result,
    paging::{newest_first, push_page},
};

/// Keeps a status. Twice is once.
pub async fn add_bookmark(
    connection: &mut PgConnection,
    by: AccountId,
    of: StatusId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO bookmarks (id, account_id, status_id, created_at)
              VALUES (snowflake($3), $1, $2, $3)
         ON CONFLICT ON CONSTRAINT bookmarks_pair_key DO NOTHING",
        by.get(),
        of.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps it no longer.
pub async fn remove_bookmark(
    connection: &mut PgConnection,
    by: AccountId,
    of: StatusId,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM bookmarks WHERE account_id = $1 AND status_id = $2",
        by.get(),
        of.get()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What somebody has kept and may still see: (number of the bookmark, what).
pub async fn bookmarked_by(
    connection: &mut PgConnection,
    by: AccountId,
    page: Page,
) -> Result<Vec<(i64, StatusId)>> {
    let mut query =
        QueryBuilder::new("SELECT b.id, b.status_id FROM bookmarks b JOIN statuses_visible_to(");
    query
        .push_bind(by.get())
        .push(") s ON s.id = b.status_id WHERE b.account_id = ")
        .push_bind(by.get());
    push_page(&mut query, "b.id", page);
    let rows: Vec<(i64, i64)> = query.build_query_as().fetch_all(connection).await?;
    let rows = rows
        .into_iter()
        .map(|(cursor, status)| (cursor, StatusId::new(status)))
        .collect();
    Ok(newest_first(rows, page))
}
