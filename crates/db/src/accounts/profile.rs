//! A member's own profile.

use model::{AccountId, ActorType, ProfileField, Visibility};
use sqlx::PgConnection;
use text::SafeHtml;
use time::OffsetDateTime;

use crate::{Result, accounts::rows::fields_to_json};

/// What is to change; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub struct ProfileRow {
    /// Plain text.
    pub display_name: Option<String>,
    /// Biography as typed, and rendered.
    pub note: Option<(String, SafeHtml)>,
    /// Rows of the profile's table.
    pub fields: Option<Vec<ProfileField>>,
    /// Follows wait for approval.
    pub locked: Option<bool>,
    /// A person or a program.
    pub actor_type: Option<ActorType>,
    /// Wants to be found in directories.
    pub discoverable: Option<bool>,
    /// Public posts may be found by full-text search.
    pub indexable: Option<bool>,
    /// Hides followers and following.
    pub hides_collections: Option<bool>,
    /// For new posts.
    pub default_visibility: Option<Visibility>,
    /// For new posts.
    pub default_sensitive: Option<bool>,
    /// For new posts; the inner `None` means none.
    pub default_language: Option<Option<String>>,
}

/// Changes a member's profile and posting defaults.
pub async fn update_profile(
    connection: &mut PgConnection,
    id: AccountId,
    change: &ProfileRow,
    now: OffsetDateTime,
) -> Result<()> {
    let (source, note) = match &change.note {
        Some((source, note)) => (Some(source.as_str()), Some(note.as_str())),
        None => (None, None),
    };
    sqlx::query!(
        "UPDATE accounts
            SET display_name = coalesce($2, display_name),
                note_source = coalesce($3, note_source),
                note = coalesce($4, note),
                fields = coalesce($5, fields),
                locked = coalesce($6, locked),
                actor_type = coalesce($7, actor_type),
                discoverable = coalesce($8, discoverable),
                indexable = coalesce($9, indexable),
                hides_collections = coalesce($10, hides_collections),
                updated_at = $11
          WHERE id = $1",
        id.get(),
        change.display_name,
        source,
        note,
        change.fields.as_deref().map(fields_to_json),
        change.locked,
        change.actor_type.map(ActorType::as_str),
        change.discoverable,
        change.indexable,
        change.hides_collections,
        now,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "UPDATE members
            SET default_visibility = coalesce($2, default_visibility),
                default_sensitive = coalesce($3, default_sensitive),
                default_language = CASE WHEN $4 THEN $5 ELSE default_language END
          WHERE account_id = $1",
        id.get(),
        change.default_visibility.map(Visibility::as_str),
        change.default_sensitive,
        change.default_language.is_some(),
        change.default_language.clone().flatten(),
    )
    .execute(connection)
    .await?;
    Ok(())
}
