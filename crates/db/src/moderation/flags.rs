//! What a report from another server names.

use model::{AccountId, StatusId};
use sqlx::PgConnection;

use crate::Result;

/// Names of people and posts: ids of theirs or of ours, and what our own addresses say.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// ActivityPub ids.
    pub uris: Vec<String>,
    /// Members, by number.
    pub members: Vec<AccountId>,
    /// Members, by name.
    pub usernames: Vec<String>,
    /// Posts of members.
    pub posts: Vec<StatusId>,
}

/// Which accounts are named.
pub async fn accounts_named(
    connection: &mut PgConnection,
    names: &Names,
) -> Result<Vec<AccountId>> {
    let members: Vec<i64> = names.members.iter().map(|id| id.get()).collect();
    let usernames: Vec<String> = names
        .usernames
        .iter()
        .map(|name| name.to_ascii_lowercase())
        .collect();
    let found = sqlx::query_scalar!(
        "SELECT id
           FROM accounts
          WHERE id > 0
            AND (   uri = ANY ($1)
                 OR (id = ANY ($2) AND domain IS NULL)
                 OR (lower(username) = ANY ($3) AND coalesce(domain, '') = ''))
          ORDER BY id
          LIMIT 50",
        &names.uris,
        &members,
        &usernames,
    )
    .fetch_all(connection)
    .await?;
    Ok(found.into_iter().map(AccountId::new).collect())
}

/// Which posts are named, that are still there.
pub async fn posts_named(connection: &mut PgConnection, names: &Names) -> Result<Vec<StatusId>> {
    let posts: Vec<i64> = names.posts.iter().map(|id| id.get()).collect();
    let found = sqlx::query_scalar!(
        "SELECT id
           FROM statuses
          WHERE deleted_at IS NULL
            AND (uri = ANY ($1) OR (id = ANY ($2) AND local))
          ORDER BY id
          LIMIT 200",
        &names.uris,
        &posts,
    )
    .fetch_all(connection)
    .await?;
    Ok(found.into_iter().map(StatusId::new).collect())
}
