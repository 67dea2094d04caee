//! A status as the database holds it.

use model::{
    Account, AccountId, ApplicationId, Domain, Emoji, Handle, Status, StatusId, Username,
    Visibility,
    status::{ApplicationView, Attachment, Marks, MentionView, Post, StatusView, TagView},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use sqlx::types::Json;
use text::SafeHtml;
use time::OffsetDateTime;

use crate::{Error, Result, glimpses::Columns};

/// A row of `queries/statuses/views.sql`; without the marks, also of `queries/statuses/bodies.sql`.
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
    pub(super) emojis: Json<Vec<Emoji>>,
    pub(super) attachments: Json<Vec<Attachment>>,
    pub(super) tags: Json<Vec<TagView>>,
    pub(super) application_id: Option<i64>,
    pub(super) created_at: OffsetDateTime,
    pub(super) edited_at: Option<OffsetDateTime>,
    pub(super) replies_count: i64,
    pub(super) boosts_count: i64,
    pub(super) favourites_count: i64,
    pub(super) mentions: Option<Json<Vec<MentionRow>>>,
    pub(super) application_name: Option<String>,
    pub(super) application_website: Option<String>,
    pub(super) favourited: bool,
    pub(super) boosted: bool,
    pub(super) bookmarked: bool,
    pub(super) pinned: bool,
}

/// Somebody mentioned, as the queries put them together.
#[derive(Clone, Deserialize)]
pub(super) struct MentionRow {
    id: i64,
    username: String,
    domain: Option<String>,
    url: String,
    uri: String,
}

impl StatusRow {
    /// The columns of a status from `id` to `application_website`, for an id that was read already.
    pub(super) fn read(id: i64, columns: &mut Columns<'_>) -> sqlx::Result<Self> {
        Ok(Self {
            id,
            uri: columns.next()?,
            url: columns.next()?,
            account_id: columns.next()?,
            local: columns.next()?,
            in_reply_to_id: columns.next()?,
            in_reply_to_account_id: columns.next()?,
            in_reply_to_uri: columns.next()?,
            boost_of_id: columns.next()?,
            source: columns.next()?,
            content: columns.next()?,
            title: columns.next()?,
            spoiler: columns.next()?,
            visibility: columns.next()?,
            sensitive: columns.next()?,
            language: columns.next()?,
            conversation_uri: columns.next()?,
            emojis: columns.next()?,
            attachments: columns.next()?,
            tags: columns.next()?,
            application_id: columns.next()?,
            created_at: columns.next()?,
            edited_at: columns.next()?,
            replies_count: columns.next()?,
            boosts_count: columns.next()?,
            favourites_count: columns.next()?,
            mentions: columns.next()?,
            application_name: columns.next()?,
            application_website: columns.next()?,
            favourited: false,
            boosted: false,
            bookmarked: false,
            pinned: false,
        })
    }

    /// The view, still without what is boosted. `signed_in` says whether the marks mean anything.
    pub(super) fn into_view(self, author: Account, signed_in: bool) -> Result<StatusView> {
        let marks = signed_in.then_some(Marks {
            favourited: self.favourited,
            boosted: self.boosted,
            bookmarked: self.bookmarked,
            muted: false,
            pinned: self.pinned,
        });
        let post = self.into_post(Versions::default())?;
        Ok(StatusView {
            status: post.status,
            author,
            boost_of: None,
            mentions: post.mentions,
            tags: post.tags,
            attachments: post.attachments,
            application: post.application,
            marks,
        })
    }

    /// What is the same for everybody.
    pub(super) fn into_post(self, versions: Versions) -> Result<Post> {
        let mentions = self.mentions.map(|Json(mentions)| mentions);
        Ok(Post {
            version: versions.own,
            names_version: versions.names,
            mentions: mentions
                .into_iter()
                .flatten()
                .map(MentionView::from)
                .collect(),
            tags: self.tags.0,
            attachments: self.attachments.0,
            application: self.application_name.map(|name| ApplicationView {
                name,
                website: self.application_website,
            }),
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
                visibility: visibility(&self.visibility, self.id)?,
                sensitive: self.sensitive,
                language: self.language,
                conversation_uri: self.conversation_uri,
                emojis: self.emojis.0,
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

/// Which state of a status a row shows.
#[derive(Clone, Copy, Default)]
pub(super) struct Versions {
    pub(super) own: i64,
    pub(super) names: i64,
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
