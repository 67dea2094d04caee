//! Writing a status.

use model::{
    AccountId, ApplicationId, Emoji, StatusId, Visibility,
    status::{Attachment, TagView},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{Result, statuses::rows::to_json};

/// A status to be written.
#[derive(Clone, Debug)]
pub struct NewStatus<'a> {
    /// Who writes or boosts.
    pub account_id: AccountId,
    /// Its ActivityPub id and its page.
    pub address: Address<'a>,
    /// Where it belongs in timelines: the moment its id carries.
    pub placed_at: OffsetDateTime,
    /// When it was published.
    pub created_at: OffsetDateTime,
    /// When it was last edited, if it came already edited.
    pub edited_at: Option<OffsetDateTime>,
    /// The ActivityPub id of what it answers; tied to it if it is known.
    pub in_reply_to_uri: Option<&'a str>,
    /// What it boosts.
    pub boost_of: Option<StatusId>,
    /// What a member typed.
    pub source: &'a str,
    /// Safe HTML.
    pub content: &'a str,
    /// Title of something that is no note.
    pub title: Option<&'a str>,
    /// The content warning.
    pub spoiler: &'a str,
    /// Who it is for.
    pub visibility: Visibility,
    /// Media are hidden until asked for.
    pub sensitive: bool,
    /// ISO 639 code.
    pub language: Option<&'a str>,
    /// Which thread it says it belongs to; else its parent's.
    pub conversation_uri: Option<&'a str>,
    /// Custom emoji used in the text.
    pub emojis: &'a [Emoji],
    /// Pictures and the like.
    pub attachments: &'a [Attachment],
    /// Hashtags; link them with [`super::link_tags`].
    pub tags: &'a [TagView],
    /// With which app it was written.
    pub application_id: Option<ApplicationId>,
    /// Total that its origin claims.
    pub favourites_count: i64,
    /// Total that its origin claims.
    pub boosts_count: i64,
}

/// Where a status is found.
#[derive(Clone, Copy, Debug)]
pub enum Address<'a> {
    /// Written here: the id is made of the author's, and of the number that the row gets.
    Ours {
        /// The author's ActivityPub id.
        actor: &'a str,
        /// The author's profile page.
        profile: &'a str,
        /// `tag:DOMAIN,DATE:objectId=`, the beginning of a new thread's name.
        conversation: &'a str,
    },
    /// Written elsewhere.
    Theirs {
        /// The ActivityPub id.
        uri: &'a str,
        /// The page.
        url: &'a str,
    },
}

/// A status that was written.
#[derive(Clone, Debug)]
pub struct Inserted {
    /// Its number.
    pub id: StatusId,
    /// Its ActivityPub id.
    pub uri: String,
    /// What it answers, if that is known.
    pub in_reply_to_id: Option<StatusId>,
    /// Who wrote that.
    pub in_reply_to_account_id: Option<AccountId>,
}

/// Writes a status and counts it for its author, what it answers and what it boosts.
///
/// `None` when there is one of this ActivityPub id already, or the account has boosted the same status: however
/// often it arrives at once, one row comes of it (R20).
pub async fn insert(
    connection: &mut PgConnection,
    new: &NewStatus<'_>,
) -> Result<Option<Inserted>> {
    let is_boost = new.boost_of.is_some();
    let (is_local, uri, uri_end, url, conversation) = match new.address {
        Address::Ours {
            actor,
            profile,
            conversation,
        } => (
            true,
            format!("{actor}/statuses/"),
            if is_boost { "/activity" } else { "" },
            format!("{profile}/"),
            (!is_boost).then_some(conversation),
        ),
        Address::Theirs { uri, url } => (false, uri.to_owned(), "", url.to_owned(), None),
    };
    let row = sqlx::query_file!(
        "queries/statuses/insert.sql",
        new.placed_at,
        new.created_at,
        is_local,
        uri,
        uri_end,
        url,
        new.account_id.get(),
        new.in_reply_to_uri,
        new.boost_of.map(StatusId::get),
        new.source,
        new.content,
        new.title,
        new.spoiler,
        new.visibility.as_str(),
        new.sensitive,
        new.language,
        new.conversation_uri,
        conversation,
        to_json(&new.emojis),
        to_json(&new.attachments),
        to_json(&new.tags),
        new.application_id.map(ApplicationId::get),
        new.edited_at,
        new.favourites_count,
        new.boosts_count,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Inserted {
        id: StatusId::new(row.id),
        uri: row.uri,
        in_reply_to_id: row.in_reply_to_id.map(StatusId::new),
        in_reply_to_account_id: row.in_reply_to_account_id.map(AccountId::new),
    }))
}
