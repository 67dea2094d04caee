//! A row of `accounts` and its way into the model.

use model::{
    Account, AccountId, ActorType, Domain, Emoji, ProfileField, Username,
    account::{SuspensionOrigin, UriScheme},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::{FromRow, postgres::PgRow, types::Json};
use text::SafeHtml;
use time::{Date, OffsetDateTime};

use crate::{Error, glimpses::Columns};

/// Columns for the edge towards other servers, which the queries there read.
const ADDRESSES: usize = 6;
/// One for operators and the bench.
const UPDATED_AT: usize = 1;

/// What `SELECT a.*` says, read by place: in the table's order.
pub(crate) struct AccountRow {
    pub(crate) id: i64,
    pub(crate) username: String,
    pub(crate) domain: Option<String>,
    pub(crate) uri: String,
    pub(crate) url: String,
    pub(crate) uri_scheme: i16,
    pub(crate) display_name: String,
    pub(crate) note: String,
    pub(crate) note_source: String,
    pub(crate) fields: Json<Vec<FieldRow>>,
    pub(crate) emojis: Json<Vec<Emoji>>,
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
    pub(crate) fetched_at: Option<OffsetDateTime>,
    /// Changes with everything but counters.
    pub(crate) version: i64,
}

impl FromRow<'_, PgRow> for AccountRow {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let mut columns = Columns::of(row);
        let id = columns.next()?;
        Self::read(id, &mut columns)
    }
}

impl AccountRow {
    /// All columns after the id, in the table's order.
    pub(crate) fn read(id: i64, columns: &mut Columns<'_>) -> sqlx::Result<Self> {
        Ok(Self {
            id,
            username: columns.next()?,
            domain: columns.next()?,
            uri: columns.next()?,
            url: columns.next()?,
            uri_scheme: columns.next()?,
            display_name: columns.next_after(ADDRESSES)?,
            note: columns.next()?,
            note_source: columns.next()?,
            fields: columns.next()?,
            emojis: columns.next()?,
            actor_type: columns.next()?,
            locked: columns.next()?,
            discoverable: columns.next()?,
            indexable: columns.next()?,
            hides_collections: columns.next()?,
            memorial: columns.next()?,
            avatar_url: columns.next()?,
            avatar_description: columns.next()?,
            header_url: columns.next()?,
            header_description: columns.next()?,
            also_known_as: columns.next()?,
            moved_to_id: columns.next()?,
            suspended_at: columns.next()?,
            suspension_origin: columns.next()?,
            silenced_at: columns.next()?,
            sensitised_at: columns.next()?,
            followers_count: columns.next()?,
            following_count: columns.next()?,
            statuses_count: columns.next()?,
            last_status_on: columns.next()?,
            created_at: columns.next()?,
            fetched_at: columns.next_after(UPDATED_AT)?,
            version: columns.next()?,
        })
    }
}

/// A row of a profile's table as the column `fields` keeps it.
#[derive(Serialize, Deserialize)]
pub(crate) struct FieldRow {
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

    fn try_from(row: AccountRow) -> Result<Self, Error> {
        let inconsistent = |column: &'static str| Error::Inconsistency {
            table: "accounts",
            column,
            key: row.id.to_string(),
        };
        let suspended = match (row.suspended_at, row.suspension_origin.as_deref()) {
            (None, _) => None,
            (Some(at), Some("local")) => Some((at, SuspensionOrigin::Local)),
            (Some(at), Some("remote")) => Some((at, SuspensionOrigin::Remote)),
            (Some(at), Some("owner")) => Some((at, SuspensionOrigin::Owner)),
            (Some(_), _) => return Err(inconsistent("suspension_origin")),
        };
        Ok(Self {
            id: AccountId::new(row.id),
            uri_scheme: match row.uri_scheme {
                0 => UriScheme::Username,
                1 => UriScheme::Numeric,
                _ => return Err(inconsistent("uri_scheme")),
            },
            emojis: row.emojis.0,
            actor_type: ActorType::from_word(&row.actor_type)
                .ok_or_else(|| inconsistent("actor_type"))?,
            username: Username::from_storage(row.username),
            domain: row.domain.map(Domain::from_storage),
            uri: row.uri,
            url: row.url,
            display_name: row.display_name,
            note: SafeHtml::from_storage(row.note),
            note_source: row.note_source,
            fields: row
                .fields
                .0
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
