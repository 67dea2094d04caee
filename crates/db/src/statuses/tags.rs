//! Hashtags and which statuses have them.

use model::{StatusId, status::TagView};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Ties a status to its tags, making those that are new.
///
/// In two statements: the second sees tags that somebody else has made meanwhile, and neither locks a tag
/// that exists, so that posts of a popular tag do not wait for each other.
pub(super) async fn link_tags(
    connection: &mut PgConnection,
    status: StatusId,
    tags: &[TagView],
    now: OffsetDateTime,
) -> Result<()> {
    if tags.is_empty() {
        return Ok(());
    }
    let (names, shown) = columns(tags);
    sqlx::query!(
        "INSERT INTO tags (name, display_name, created_at)
              SELECT given.name, given.display_name, $3
                FROM unnest($1::text[], $2::text[]) AS given (name, display_name)
               WHERE NOT EXISTS (SELECT 1 FROM tags t WHERE t.name = given.name)
         ON CONFLICT (name) DO NOTHING",
        &names,
        &shown,
        now,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "INSERT INTO status_tags (tag_id, status_id)
              SELECT t.id, $1 FROM tags t WHERE t.name = ANY ($2)
         ON CONFLICT DO NOTHING",
        status.get(),
        &names,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Ties a status to these tags and no others.
pub async fn replace_tags(
    connection: &mut PgConnection,
    status: StatusId,
    tags: &[TagView],
    now: OffsetDateTime,
) -> Result<()> {
    let names: Vec<String> = tags.iter().map(|tag| tag.name.clone()).collect();
    sqlx::query!(
        "DELETE FROM status_tags l USING tags t WHERE l.status_id = $1 AND t.id = l.tag_id AND t.name <> ALL ($2)",
        status.get(),
        &names,
    )
    .execute(&mut *connection)
    .await?;
    link_tags(connection, status, tags, now).await
}

/// The same as two columns, in one order everywhere, so that two posts cannot wait for each other's new tags.
pub(super) fn columns(tags: &[TagView]) -> (Vec<String>, Vec<String>) {
    let mut tags: Vec<&TagView> = tags.iter().collect();
    tags.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    tags.dedup_by(|one, other| one.name == other.name);
    tags.into_iter()
        .map(|tag| (tag.name.clone(), tag.display_name.clone()))
        .unzip()
}
