//! Reading a home.

use model::{AccountId, Page, StatusGlimpse, Viewer};
use sqlx::PgConnection;

use crate::{
    Result,
    glimpses::{self, Found},
    paging::push_page,
};

/// A part of a member's home, newest first, as far as each status may still be seen.
pub async fn page(
    connection: &mut PgConnection,
    member: AccountId,
    page: Page,
) -> Result<Vec<StatusGlimpse>> {
    let viewer = Viewer::Account(member);
    let mut query = glimpses::finding(viewer);
    query.push(
        "SELECT h.status_id, h.status_id, nullif(h.original_id, h.status_id)
           FROM home_entries h
          WHERE h.account_id = $1",
    );
    push_page(&mut query, "h.status_id", page);
    let found = glimpses::fetch(query, connection, viewer, Found::Unseen).await?;
    Ok(glimpses::without_cursors(found))
}
