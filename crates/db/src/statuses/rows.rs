//! A status as the database holds it.

use model::{
    Account, AccountId, ApplicationId, Domain, Handle, Status, StatusId, Username, Visibility,
    status::{ApplicationView, Marks, MentionView, StatusView},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use text::SafeHtml;
use time::OffsetDateTime;

use crate::{Error, Result};

/// A row of `queries/statuses/views.sql`.
#[derive(Clone)]
pub(super) struct StatusRow {
    pub(super) id: i64,
    pub(super) uri: String,
    pub(super) url: String,
    pub(super) account_id: i64,
    pub(super) local: bool,
    pub(super) in_reply_to_id: Option<i64>,
    pub(super) in_reply_to_account_id: Option<i64>,
    pub(super) in_reply_to_uri: Option<String>,
    pub(super) boost_of_id: Option<i64>,
    pub(super) source: String,
    pub(super) content: String,
    pub(super) title: Option<String>,
    pub(super) spoiler: String,
    pub(super) visibility: String,
    pub(super) sensitive: bool,
    pub(super) language: Option<String>,
    pub(super) conversation_uri: Option<String>,
    pub(super) emojis: Value,
    pub(super) attachments: Value,
    pub(super) tags: Value,
    pub(super) application_id: Option<i64>,
    pub(super) created_at: OffsetDateTime,
    pub(super) edited_at: Option<OffsetDateTime>,
    pub(super) replies_count: i64,
    pub(super) boosts_count: i64,
    pub(super) favourites_count: i64,
    pub(super) mentions: Option<Value>,
    pub(super) application_name: Option<String>,
    pub(super) application_website: Option<String>,
    pub(super) favourited: bool,
    pub(super) boosted: bool,
    pub(super) bookmarked: bool,
    pub(super) pinned: bool,
}

#[derive(Deserialize)]
struct MentionRow {
    id: i64,
    username: String,
    domain: Option<String>,
    url: String,
    uri: String,
}

impl StatusRow {
    /// The view, still without what is boosted. `signed_in` says whether the marks mean anything.
    pub(super) fn into_view(self, author: Account, signed_in: bool) -> Result<StatusView> {
        let key = self.id;
        let marks = signed_in.then_some(Marks {
            favourited: self.favourited,
            boosted: self.boosted,
            bookmarked: self.bookmarked,
            muted: false,
            pinned: self.pinned,
        });
        let mentions: Vec<MentionRow> = match self.mentions {
            Some(mentions) => parse(mentions, "mentions", key)?,
            None => Vec::new(),
        };
        Ok(StatusView {
            author,
            boost_of: None,
            mentions: mentions.into_iter().map(MentionView::from).collect(),
            tags: parse(self.tags, "tags", key)?,
            attachments: parse(self.attachments, "attachments", key)?,
            application: self.application_name.map(|name| ApplicationView {
                name,
                website: self.application_website,
            }),
            marks,
            status: Status {
                id: StatusId::new(self.id),
                uri: self.uri,
                url: self.url,
                account_id: AccountId::new(self.account_id),
                local: self.local,
                in_reply_to_id: self.in_reply_to_id.map(StatusId::new),
                in_reply_to_account_id: self.in_reply_to_account_id.map(AccountId::new),
                in_reply_to_uri: self.in_reply_to_uri,
                boost_of_id: self.boost_of_id.map(StatusId::new),
                source: self.source,
                content: SafeHtml::from_storage(self.content),
                title: self.title,
                spoiler: self.spoiler,
                visibility: visibility(&self.visibility, key)?,
                sensitive: self.sensitive,
                language: self.language,
                conversation_uri: self.conversation_uri,
                emojis: parse(self.emojis, "emojis", key)?,
                application_id: self.application_id.map(ApplicationId::new),
                created_at: self.created_at,
                edited_at: self.edited_at,
                replies_count: self.replies_count,
                boosts_count: self.boosts_count,
                favourites_count: self.favourites_count,
            },
        })
    }
}

impl From<MentionRow> for MentionView {
    fn from(row: MentionRow) -> Self {
        Self {
            account_id: AccountId::new(row.id),
            handle: Handle {
                username: Username::from_storage(row.username),
                domain: row.domain.map(Domain::from_storage),
            },
            url: row.url,
            uri: row.uri,
        }
    }
}

/// Reads the word of the column `visibility`.
pub(super) fn visibility(word: &str, key: i64) -> Result<Visibility> {
    Visibility::from_word(word).ok_or_else(|| inconsistent("visibility", key))
}

/// Reads a column of JSON.
pub(super) fn parse<T: DeserializeOwned>(json: Value, column: &'static str, key: i64) -> Result<T> {
    serde_json::from_value(json).map_err(|_| inconsistent(column, key))
}

/// Writes a column of JSON.
pub(super) fn to_json<T: serde::Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("our own plain structs are always JSON")
}

pub(super) fn inconsistent(column: &'static str, key: i64) -> Error {
    Error::Inconsistency {
        table: "statuses",
        column,
        key: key.to_string(),
    }
}
