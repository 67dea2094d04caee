//! What one must know of a member who writes.

use model::{AccountId, Visibility, member::PostingDefaults};
use sqlx::PgConnection;

use crate::{Result, statuses::rows::visibility};

/// A member who writes.
#[derive(Clone, Debug)]
pub struct Author {
    /// Their ActivityPub id.
    pub uri: String,
    /// Their profile page.
    pub url: String,
    /// How their posts are shown unless they say otherwise.
    pub defaults: PostingDefaults,
    /// Language of their pages.
    pub locale: String,
    /// Limited by moderation: their posts are not listed in public.
    pub silenced: bool,
    /// How many follow them; an upper bound of how many homes a post enters.
    pub followers_count: i64,
}

/// The member, unless suspended.
pub async fn author(connection: &mut PgConnection, id: AccountId) -> Result<Option<Author>> {
    let row = sqlx::query!(
        r#"SELECT a.uri,
                  a.url,
                  a.silenced_at IS NOT NULL AS "silenced!",
                  a.followers_count,
                  m.default_visibility,
                  m.default_sensitive,
                  m.default_language,
                  m.locale
             FROM accounts a
             JOIN members m ON m.account_id = a.id
            WHERE a.id = $1
              AND a.suspended_at IS NULL"#,
        id.get(),
    )
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let default_visibility: Visibility = visibility(&row.default_visibility, id.get())?;
    Ok(Some(Author {
        uri: row.uri,
        url: row.url,
        defaults: PostingDefaults {
            visibility: default_visibility,
            sensitive: row.default_sensitive,
            language: row.default_language,
        },
        locale: row.locale,
        silenced: row.silenced,
        followers_count: row.followers_count,
    }))
}
