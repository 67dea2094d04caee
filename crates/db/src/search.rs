//! Finding people and tags by the beginning of their names.

use model::{AccountId, Viewer, status::TagView};
use sqlx::PgConnection;

use crate::Result;

/// People to be found.
#[derive(Clone, Debug)]
pub struct PeopleSearch<'a> {
    /// What was typed; each word is the beginning of a word of a name or handle.
    pub words: &'a str,
    /// Only people whom the viewer follows.
    pub only_followed: bool,
    /// At most so many.
    pub limit: i64,
    /// Without the first so many.
    pub offset: i64,
}

/// People by name or handle, the most likely first.
pub async fn people(
    connection: &mut PgConnection,
    viewer: Viewer,
    wanted: &PeopleSearch<'_>,
) -> Result<Vec<AccountId>> {
    let Some(prefixes) = prefixes(wanted.words) else {
        return Ok(Vec::new());
    };
    let ids = sqlx::query_file_scalar!(
        "queries/search/accounts.sql",
        viewer.account_id().map(AccountId::get),
        prefixes,
        wanted.words.trim().trim_start_matches('@'),
        wanted.only_followed,
        wanted.limit,
        wanted.offset,
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(AccountId::new).collect())
}

/// Tags whose name, in normal form, begins so.
pub async fn tags(
    connection: &mut PgConnection,
    prefix: &str,
    limit: i64,
    offset: i64,
) -> Result<Vec<TagView>> {
    // As borders and not as a pattern: one plan for all prefixes walks the index then. Names are in the order of their bytes.
    let after = format!("{prefix}{}", char::MAX);
    let rows = sqlx::query_as!(
        TagView,
        "SELECT name, display_name FROM tags WHERE name >= $1 AND name < $2 ORDER BY name LIMIT $3 OFFSET $4",
        prefix,
        after,
        limit,
        offset,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// `ada lov` as PostgreSQL's `ada:* & lov:*`. Words of one letter stand for whole words, since nearly everybody's name
/// has one that begins so.
fn prefixes(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(8)
        .map(|word| {
            if word.chars().count() > 1 {
                format!("{word}:*")
            } else {
                word.to_owned()
            }
        })
        .collect();
    (!words.is_empty()).then(|| words.join(" & "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_never_becomes_syntax() {
        assert_eq!(prefixes("ada lov").as_deref(), Some("ada:* & lov:*"));
        assert_eq!(
            prefixes("@ada@club.example").as_deref(),
            Some("ada:* & club:* & example:*")
        );
        assert_eq!(prefixes("a' | !b & (c:*").as_deref(), Some("a & b & c"));
        assert_eq!(prefixes(" !&| "), None);
    }
}
