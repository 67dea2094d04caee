//! Whole lists of people and of what was kept, for whoever takes them elsewhere; a page at a time, in the order they came about.

use model::{AccountId, Domain, Handle, StatusId, Username};
use sqlx::PgConnection;

use crate::Result;

/// Somebody followed, with how.
#[derive(Clone, Debug)]
pub struct FollowExport {
    /// Who.
    pub handle: Handle,
    /// With what they boost.
    pub shows_boosts: bool,
    /// Told of each post.
    pub notifies: bool,
    /// Only in these languages; in all, when empty.
    pub languages: Vec<String>,
}

struct PersonRow {
    id: i64,
    username: String,
    domain: Option<String>,
}

fn numbered(rows: Vec<PersonRow>) -> Vec<(i64, Handle)> {
    rows.into_iter()
        .map(|row| (row.id, handle(row.username, row.domain)))
        .collect()
}

fn handle(username: String, domain: Option<String>) -> Handle {
    Handle {
        username: Username::from_storage(username),
        domain: domain.map(Domain::from_storage),
    }
}

/// Whom somebody follows, after a number: (number, whom).
pub async fn all_followed(
    connection: &mut PgConnection,
    by: AccountId,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, FollowExport)>> {
    let rows = sqlx::query!(
        "SELECT f.id, a.username, a.domain, f.shows_boosts, f.notifies, f.languages
           FROM follows f
           JOIN accounts a ON a.id = f.followee_id
          WHERE f.follower_id = $1 AND f.id > $2
          ORDER BY f.id
          LIMIT $3",
        by.get(),
        after,
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let follow = FollowExport {
                handle: handle(row.username, row.domain),
                shows_boosts: row.shows_boosts,
                notifies: row.notifies,
                languages: row.languages,
            };
            (row.id, follow)
        })
        .collect())
}

/// Who follows somebody, after a number: (number, who).
pub async fn all_followers(
    connection: &mut PgConnection,
    of: AccountId,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, Handle)>> {
    let rows = sqlx::query_as!(
        PersonRow,
        "SELECT f.id, a.username, a.domain
           FROM follows f
           JOIN accounts a ON a.id = f.follower_id
          WHERE f.followee_id = $1 AND f.id > $2
          ORDER BY f.id
          LIMIT $3",
        of.get(),
        after,
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(numbered(rows))
}

/// Whom somebody blocks, after a number: (number, whom).
pub async fn all_blocked(
    connection: &mut PgConnection,
    by: AccountId,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, Handle)>> {
    let rows = sqlx::query_as!(
        PersonRow,
        "SELECT b.id, a.username, a.domain
           FROM blocks b
           JOIN accounts a ON a.id = b.blocked_id
          WHERE b.blocker_id = $1 AND b.id > $2
          ORDER BY b.id
          LIMIT $3",
        by.get(),
        after,
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(numbered(rows))
}

/// Whom somebody mutes, after a number: (number, whom, whether their notifications are hidden too).
pub async fn all_muted(
    connection: &mut PgConnection,
    by: AccountId,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, Handle, bool)>> {
    let rows = sqlx::query!(
        "SELECT m.id, a.username, a.domain, m.hides_notifications
           FROM mutes m
           JOIN accounts a ON a.id = m.muted_id
          WHERE m.muter_id = $1 AND m.id > $2
          ORDER BY m.id
          LIMIT $3",
        by.get(),
        after,
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            (
                row.id,
                handle(row.username, row.domain),
                row.hides_notifications,
            )
        })
        .collect())
}

/// What somebody has kept and may still see, after a number: (number, ActivityPub id).
pub async fn all_bookmarked(
    connection: &mut PgConnection,
    by: AccountId,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, String)>> {
    let rows = sqlx::query!(
        r#"SELECT b.id AS "id!", s.uri AS "uri!"
             FROM bookmarks b
             JOIN statuses_visible_to($1) s ON s.id = b.status_id
            WHERE b.account_id = $1 AND b.id > $2
            ORDER BY b.id
            LIMIT $3"#,
        by.get(),
        after,
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.uri)).collect())
}

/// Everything somebody has posted or boosted, whomever it is for: so many older than one, newest first.
pub async fn all_posted(
    connection: &mut PgConnection,
    by: AccountId,
    older_than: Option<StatusId>,
    limit: i64,
) -> Result<Vec<StatusId>> {
    let ids = sqlx::query_scalar!(
        "SELECT id
           FROM statuses
          WHERE account_id = $1 AND deleted_at IS NULL AND ($2::bigint IS NULL OR id < $2)
          ORDER BY id DESC
          LIMIT $3",
        by.get(),
        older_than.map(StatusId::get),
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(StatusId::new).collect())
}
