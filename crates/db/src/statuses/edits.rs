//! Editing statuses; every version is kept.

use model::{
    Emoji, StatusId,
    status::{Attachment, StatusEdit, TagView},
};
use sqlx::PgConnection;
use text::SafeHtml;
use time::OffsetDateTime;

use crate::{
    Result,
    statuses::rows::{parse, to_json},
};

/// A new version of a status.
#[derive(Clone, Debug)]
pub struct Revision<'a> {
    /// What a member typed.
    pub source: &'a str,
    /// Safe HTML.
    pub content: &'a str,
    /// Title of something that is no note.
    pub title: Option<&'a str>,
    /// The content warning.
    pub spoiler: &'a str,
    /// Media are hidden until asked for.
    pub sensitive: bool,
    /// ISO 639 code.
    pub language: Option<&'a str>,
    /// Custom emoji used in the text.
    pub emojis: &'a [Emoji],
    /// Pictures and the like; `None` leaves them.
    pub attachments: Option<&'a [Attachment]>,
    /// Hashtags.
    pub tags: &'a [TagView],
    /// When this version was published.
    pub at: OffsetDateTime,
}

/// Keeps the present version and writes the new one.
pub async fn revise(
    connection: &mut PgConnection,
    id: StatusId,
    revision: &Revision<'_>,
) -> Result<()> {
    sqlx::query!(
        "WITH kept AS (
             INSERT INTO status_edits (status_id, content, spoiler, sensitive, emojis, attachments, created_at)
                  SELECT s.id, s.content, s.spoiler, s.sensitive, s.emojis, s.attachments,
                         coalesce(s.edited_at, s.created_at)
                    FROM statuses s
                   WHERE s.id = $1
         )
         UPDATE statuses
            SET source = $2,
                content = $3,
                title = $4,
                spoiler = $5,
                -- What moderators have marked stays marked; what the author says is kept beside it.
                sensitive = $6 OR sensitive_by_author IS NOT NULL,
                sensitive_by_author = CASE WHEN sensitive_by_author IS NOT NULL THEN $6 END,
                language = $7,
                emojis = $8,
                attachments = coalesce($9, attachments),
                tags = $10,
                edited_at = $11
          WHERE id = $1",
        id.get(),
        revision.source,
        revision.content,
        revision.title,
        revision.spoiler,
        revision.sensitive,
        revision.language,
        to_json(&revision.emojis),
        revision.attachments.map(|attachments| to_json(&attachments)),
        to_json(&revision.tags),
        revision.at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes over the totals that a peer claims for its own status; `None` leaves what is stored.
pub async fn refresh_totals(
    connection: &mut PgConnection,
    id: StatusId,
    favourites: Option<i64>,
    boosts: Option<i64>,
) -> Result<()> {
    sqlx::query!(
        "UPDATE statuses
            SET favourites_count = coalesce($2, favourites_count),
                boosts_count = coalesce($3, boosts_count)
          WHERE id = $1
            AND NOT local",
        id.get(),
        favourites.map(|total| total.max(0)),
        boosts.map(|total| total.max(0)),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// All versions of a status, oldest first, the present one last.
pub async fn history(connection: &mut PgConnection, id: StatusId) -> Result<Vec<StatusEdit>> {
    let rows = sqlx::query!(
        r#"SELECT v.content AS "content!",
                  v.spoiler AS "spoiler!",
                  v.sensitive AS "sensitive!",
                  v.emojis AS "emojis!",
                  v.attachments AS "attachments!",
                  v.created_at AS "created_at!"
             FROM (SELECT e.id, e.content, e.spoiler, e.sensitive, e.emojis, e.attachments, e.created_at
                     FROM status_edits e
                    WHERE e.status_id = $1
                    UNION ALL
                   SELECT 9223372036854775807, s.content, s.spoiler, s.sensitive, s.emojis, s.attachments,
                          coalesce(s.edited_at, s.created_at)
                     FROM statuses s
                    WHERE s.id = $1) v
            ORDER BY v.id"#,
        id.get(),
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(StatusEdit {
                content: SafeHtml::from_storage(row.content),
                spoiler: row.spoiler,
                sensitive: row.sensitive,
                created_at: row.created_at,
                emojis: parse(row.emojis, "emojis", id.get())?,
                attachments: parse(row.attachments, "attachments", id.get())?,
            })
        })
        .collect()
}
