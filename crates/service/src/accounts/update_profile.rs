//! A member changes the own profile.

use model::{AccountId, ActorType, ProfileField, Visibility, member::Member};
use text::{compose, plain};

use crate::{
    App, Error, Result,
    consequences::{self, PublishProfile},
    members,
};

/// What a member changes; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub struct ProfileChange {
    /// Plain text.
    pub display_name: Option<String>,
    /// Biography as typed.
    pub note: Option<String>,
    /// Rows of the profile's table: name and value, as typed. Empty rows are dropped.
    pub fields: Option<Vec<(String, String)>>,
    /// Follows wait for approval.
    pub locked: Option<bool>,
    /// A program posts.
    pub bot: Option<bool>,
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

/// Longest name or value of a row of the profile's table, as in Mastodon.
const FIELD_CHARACTERS: usize = 255;

/// Changes a member's profile and tells peers.
pub async fn update_profile(app: &App, id: AccountId, change: ProfileChange) -> Result<Member> {
    check(app, &change)?;
    let links = ProfileLinks { app };
    let row = db::accounts::ProfileRow {
        display_name: change.display_name.as_deref().map(plain::display_name),
        note: change.note.map(|note| {
            let html = compose::render(&note, &links);
            (note, html)
        }),
        fields: change.fields.map(|fields| {
            fields
                .into_iter()
                .filter_map(|field| row_of(field, &links))
                .collect()
        }),
        locked: change.locked,
        actor_type: change.bot.map(|bot| {
            if bot {
                ActorType::Service
            } else {
                ActorType::Person
            }
        }),
        discoverable: change.discoverable,
        indexable: change.indexable,
        hides_collections: change.hides_collections,
        default_visibility: change.default_visibility,
        default_sensitive: change.default_sensitive,
        default_language: change.default_language,
    };
    let mut tx = app.db.begin().await?;
    db::accounts::update_profile(&mut tx, id, &row, app.clock.now()).await?;
    consequences::enqueue(&mut tx, &PublishProfile { account_id: id }).await?;
    tx.commit().await?;
    members::get(app, id).await
}

fn check(app: &App, change: &ProfileChange) -> Result<()> {
    let limits = &app.settings.limits;
    let too_long = |field, limit: usize| {
        Err(Error::invalid(
            field,
            "ERR_TOO_LONG",
            format!("is too long (maximum is {limit} characters)"),
        ))
    };
    if change
        .display_name
        .as_ref()
        .is_some_and(|name| name.chars().count() > limits.display_name_characters)
    {
        return too_long("display_name", limits.display_name_characters);
    }
    if change
        .note
        .as_ref()
        .is_some_and(|note| text::count(note) > limits.note_characters)
    {
        return too_long("note", limits.note_characters);
    }
    let Some(fields) = &change.fields else {
        return Ok(());
    };
    if fields.len() > limits.profile_fields {
        return Err(Error::invalid("fields", "ERR_INVALID", "has too many rows"));
    }
    let is_long = |text: &String| text.chars().count() > FIELD_CHARACTERS;
    if fields
        .iter()
        .any(|(name, value)| is_long(name) || is_long(value))
    {
        return too_long("fields", FIELD_CHARACTERS);
    }
    Ok(())
}

fn row_of((name, value): (String, String), links: &ProfileLinks<'_>) -> Option<ProfileField> {
    if name.trim().is_empty() && value.trim().is_empty() {
        return None;
    }
    Some(ProfileField {
        name: plain::display_name(&name),
        value: compose::render_line(&value, links),
        source: value,
        verified_at: None,
    })
}

/// Links in a biography: tags lead to their page here; names are left as text, since nobody is told.
struct ProfileLinks<'a> {
    app: &'a App,
}

impl compose::Links for ProfileLinks<'_> {
    fn mention(&self, _username: &str, _domain: Option<&str>) -> Option<compose::MentionLink> {
        None
    }

    fn hashtag(&self, name: &str) -> String {
        self.app.urls.tag(name)
    }
}
