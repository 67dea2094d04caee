//! The part of a list's query that a [`Page`] decides.
//!
//! Lists are put together here and not checked by the macros, since direction and filters change their
//! shape: `ORDER BY CASE …` would keep PostgreSQL from walking an index.

use model::Page;
use sqlx::{Postgres, QueryBuilder};

/// No list is longer, whatever was asked (S63).
const MOST: i64 = 200;

/// Appends borders, order and limit over `column`. A `WHERE` must stand before.
///
/// The limit is written into the text: a plan that is kept for any limit would be made for a tenth of the
/// table, and would sort where it should walk an index.
pub(crate) fn push_page(query: &mut QueryBuilder<Postgres>, column: &'static str, page: Page) {
    if let Some(max_id) = page.max_id {
        query
            .push(" AND ")
            .push(column)
            .push(" < ")
            .push_bind(max_id);
    }
    if let Some(min_id) = page.min_id.or(page.since_id) {
        query
            .push(" AND ")
            .push(column)
            .push(" > ")
            .push_bind(min_id);
    }
    let order = if page.is_upwards() {
        " ASC LIMIT "
    } else {
        " DESC LIMIT "
    };
    query
        .push(" ORDER BY ")
        .push(column)
        .push(order)
        .push(page.limit.clamp(0, MOST));
}

/// Rows are answered newest first, whichever way the query walked.
pub(crate) fn newest_first<T>(mut rows: Vec<T>, page: Page) -> Vec<T> {
    if page.is_upwards() {
        rows.reverse();
    }
    rows
}
