//! Bookmarks: private to their owner.

use model::{AccountId, Page, StatusGlimpse, StatusId, Viewer};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{
    Result,
    glimpses::{self, Found},
    paging::push_page,
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
) -> Result<Vec<(i64, StatusGlimpse)>> {
    let viewer = Viewer::Account(by);
    let mut query = glimpses::finding(viewer);
    query.push(
        "SELECT b.id, s.id, s.boost_of_id
           FROM bookmarks b
           JOIN statuses_visible_to($1) s ON s.id = b.status_id
          WHERE b.account_id = $1",
    );
    push_page(&mut query, "b.id", page);
    glimpses::fetch(query, connection, viewer, Found::Unseen).await
}
