//! A member who is about to post: all that is needed to write the post, and to show it without reading it back.

use model::{
    Account, AccountId, ApplicationId, StatusId, member::PostingDefaults, status::ApplicationView,
};
use sqlx::{FromRow, PgConnection, postgres::PgRow};

use super::{Author, Key, rows::visibility};
use crate::{Result, accounts::AccountRow, glimpses::Columns};

/// A member who writes.
#[derive(Clone, Debug)]
pub struct Writer {
    /// The member, as others see them.
    pub account: Account,
    /// What decides how they write.
    pub author: Author,
    /// The app that they write with.
    pub application: Option<ApplicationView>,
    /// The post that their key has given before.
    pub answer: Option<StatusId>,
}

/// The member, unless suspended, in one query.
pub async fn writer(
    connection: &mut PgConnection,
    id: AccountId,
    application: Option<ApplicationId>,
    key: Option<Key<'_>>,
) -> Result<Option<Writer>> {
    let row: Option<Row> = sqlx::query_as(include_str!("../../queries/statuses/writer.sql"))
        .bind(id.get())
        .bind(application.map(ApplicationId::get))
        .bind(key.map(|key| key.key))
        .bind(key.map(|key| key.since))
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let defaults = PostingDefaults {
        visibility: visibility(&row.visibility, id.get())?,
        sensitive: row.sensitive,
        language: row.language,
    };
    let author = Author {
        uri: row.account.uri.clone(),
        url: row.account.url.clone(),
        defaults,
        locale: row.locale,
        silenced: row.account.silenced_at.is_some(),
        followers_count: row.account.followers_count,
    };
    Ok(Some(Writer {
        account: row.account.try_into()?,
        author,
        application: row.application.map(|name| ApplicationView {
            name,
            website: row.website,
        }),
        answer: row.answer.map(StatusId::new),
    }))
}

/// Columns of accounts behind those that are read: whether a peer has suspended the account, which no peer does to a member.
const SUSPENDED_ELSEWHERE: usize = 1;

struct Row {
    account: AccountRow,
    visibility: String,
    sensitive: bool,
    language: Option<String>,
    locale: String,
    application: Option<String>,
    website: Option<String>,
    answer: Option<i64>,
}

impl FromRow<'_, PgRow> for Row {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let mut columns = Columns::of(row);
        let id = columns.next()?;
        Ok(Self {
            account: AccountRow::read(id, &mut columns)?,
            visibility: columns.next_after(SUSPENDED_ELSEWHERE)?,
            sensitive: columns.next()?,
            language: columns.next()?,
            locale: columns.next()?,
            application: columns.next()?,
            website: columns.next()?,
            answer: columns.next()?,
        })
    }
}
