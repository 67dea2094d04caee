//! A row of `accounts` and its way into the model.

use model::{
    Account, AccountId, ActorType, Domain, Emoji, ProfileField, Username,
    account::{SuspensionOrigin, UriScheme},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use text::SafeHtml;
use time::{Date, OffsetDateTime};

use crate::{Error, Result};

/// All columns, in the table's order: for `SELECT a.*`.
pub(crate) struct AccountRow {
    pub(crate) id: i64,
    pub(crate) username: String,
    pub(crate) domain: Option<String>,
    pub(crate) uri: String,
    pub(crate) url: String,
    pub(crate) uri_scheme: i16,
    #[expect(dead_code, reason = "read by the queries that deliver")]
    pub(crate) inbox_url: String,
    #[expect(dead_code, reason = "read by the queries that deliver")]
    pub(crate) shared_inbox_url: Option<String>,
    #[expect(dead_code, reason = "kept for the edge towards other servers")]
    pub(crate) outbox_url: Option<String>,
    #[expect(dead_code, reason = "kept for the edge towards other servers")]
    pub(crate) followers_url: Option<String>,
    #[expect(dead_code, reason = "kept for the edge towards other servers")]
    pub(crate) following_url: Option<String>,
    #[expect(dead_code, reason = "kept for the edge towards other servers")]
    pub(crate) featured_url: Option<String>,
    pub(crate) display_name: String,
    pub(crate) note: String,
    pub(crate) note_source: String,
    pub(crate) fields: Value,
    pub(crate) emojis: Value,
    pub(crate) actor_type: String,
    pub(crate) locked: bool,
    pub(crate) discoverable: Option<bool>,
    pub(crate) indexable: bool,
    pub(crate) hides_collections: bool,
    pub(crate) memorial: bool,
    pub(crate) avatar_url: Option<String>,
    pub(crate) avatar_description: String,
    pub(crate) header_url: Option<String>,
    pub(crate) header_description: String,
    pub(crate) also_known_as: Vec<String>,
    pub(crate) moved_to_id: Option<i64>,
    pub(crate) suspended_at: Option<OffsetDateTime>,
    pub(crate) suspension_origin: Option<String>,
    pub(crate) silenced_at: Option<OffsetDateTime>,
    pub(crate) sensitised_at: Option<OffsetDateTime>,
    pub(crate) followers_count: i64,
    pub(crate) following_count: i64,
    pub(crate) statuses_count: i64,
    pub(crate) last_status_on: Option<Date>,
    pub(crate) created_at: OffsetDateTime,
    #[expect(dead_code, reason = "for operators and the bench")]
    pub(crate) updated_at: OffsetDateTime,
    pub(crate) fetched_at: Option<OffsetDateTime>,
}

/// A row of a profile's table as the column `fields` keeps it.
#[derive(Serialize, Deserialize)]
pub(super) struct FieldRow {
    name: String,
    value: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    source: String,
    #[serde(
        default,
        with = "time::serde::rfc3339::option",
        skip_serializing_if = "Option::is_none"
    )]
    verified_at: Option<OffsetDateTime>,
}

/// Profile fields as the column keeps them.
pub(super) fn fields_to_json(fields: &[ProfileField]) -> Value {
    let rows = fields.iter().map(|field| FieldRow {
        name: field.name.clone(),
        value: field.value.as_str().to_owned(),
        source: field.source.clone(),
        verified_at: field.verified_at,
    });
    serde_json::to_value(rows.collect::<Vec<_>>()).expect("texts and times are JSON")
}

/// Custom emoji as the column keeps them.
pub(crate) fn emojis_to_json(emojis: &[Emoji]) -> Value {
    serde_json::to_value(emojis).expect("texts are JSON")
}

impl TryFrom<AccountRow> for Account {
    type Error = Error;

    fn try_from(row: AccountRow) -> Result<Self> {
        let inconsistent = |column: &'static str| Error::Inconsistency {
            table: "accounts",
            column,
            key: row.id.to_string(),
        };
        let suspended = match (row.suspended_at, row.suspension_origin.as_deref()) {
            (None, _) => None,
            (Some(at), Some("local")) => Some((at, SuspensionOrigin::Local)),
            (Some(at), Some("remote")) => Some((at, SuspensionOrigin::Remote)),
            (Some(_), _) => return Err(inconsistent("suspension_origin")),
        };
        let fields: Vec<FieldRow> =
            serde_json::from_value(row.fields).map_err(|_| inconsistent("fields"))?;
        Ok(Self {
            id: AccountId::new(row.id),
            uri_scheme: match row.uri_scheme {
                0 => UriScheme::Username,
                1 => UriScheme::Numeric,
                _ => return Err(inconsistent("uri_scheme")),
            },
            emojis: serde_json::from_value(row.emojis).map_err(|_| inconsistent("emojis"))?,
            actor_type: ActorType::from_word(&row.actor_type)
                .ok_or_else(|| inconsistent("actor_type"))?,
            username: Username::from_storage(row.username),
            domain: row.domain.map(Domain::from_storage),
            uri: row.uri,
            url: row.url,
            display_name: row.display_name,
            note: SafeHtml::from_storage(row.note),
            note_source: row.note_source,
            fields: fields
                .into_iter()
                .map(|field| ProfileField {
                    name: field.name,
                    value: SafeHtml::from_storage(field.value),
                    source: field.source,
                    verified_at: field.verified_at,
                })
                .collect(),
            locked: row.locked,
            discoverable: row.discoverable,
            indexable: row.indexable,
            hides_collections: row.hides_collections,
            memorial: row.memorial,
            avatar_url: row.avatar_url,
            avatar_description: row.avatar_description,
            header_url: row.header_url,
            header_description: row.header_description,
            also_known_as: row.also_known_as,
            moved_to: row.moved_to_id.map(AccountId::new),
            suspended,
            silenced_at: row.silenced_at,
            sensitised_at: row.sensitised_at,
            followers_count: row.followers_count,
            following_count: row.following_count,
            statuses_count: row.statuses_count,
            last_status_on: row.last_status_on,
            created_at: row.created_at,
            fetched_at: row.fetched_at,
        })
    }
}
