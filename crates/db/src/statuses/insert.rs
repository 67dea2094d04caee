//! Writing a status.

use model::{
    AccountId, ApplicationId, Emoji, StatusId, Visibility,
    status::{Attachment, TagView},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{NewMention, mentions, rows::to_json, tags};
use crate::Result;

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
    /// When it is written.
    pub now: OffsetDateTime,
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
    /// Hashtags.
    pub tags: &'a [TagView],
    /// Who is named, in their order, and who is addressed silently.
    pub mentions: &'a [NewMention],
    /// With which app it was written.
    pub application_id: Option<ApplicationId>,
    /// Total that its origin claims.
    pub favourites_count: i64,
    /// Total that its origin claims.
    pub boosts_count: i64,
    /// Under which key it was asked for.
    pub key: Option<Key<'a>>,
}

/// Under which key a member asked for a post. The same key gives the same post, and members' keys are their own (R20).
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    /// The key.
    pub key: &'a str,
    /// One that was used last before this is free again.
    pub since: OffsetDateTime,
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
    /// Its page.
    pub url: String,
    /// Which thread it belongs to.
    pub conversation_uri: Option<String>,
    /// What it answers, if that is known.
    pub in_reply_to_id: Option<StatusId>,
    /// Who wrote that.
    pub in_reply_to_account_id: Option<AccountId>,
    /// What it answers is not known here, and not known to be gone.
    pub waits_for_parent: bool,
    /// Answers to it arrived before it; tie them with [`super::attach_replies`].
    pub is_waited_for: bool,
}

/// What came of writing a status.
#[derive(Clone, Debug)]
pub enum Insertion {
    /// It is written.
    New(Inserted),
    /// There is one of this ActivityPub id already, or the account has boosted the same status.
    Exists,
    /// Its key has given another post: roll back, and answer with that.
    KeyIsTaken,
}

/// Writes a status with its mentions, tags and key, and counts it for its author, what it answers and what it boosts.
///
/// However often the same arrives at once, or is asked for with one key, one row comes of it (R20): the others wait for the
/// first, and find it.
pub async fn insert(connection: &mut PgConnection, new: &NewStatus<'_>) -> Result<Insertion> {
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
    let (named, silent) = mentions::columns(new.mentions);
    let (tags, tags_shown) = tags::columns(new.tags);
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
        &named,
        &silent,
        &tags,
        &tags_shown,
        new.now,
        new.key.map(|key| key.key),
        new.key.map(|key| key.since),
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else {
        return Ok(Insertion::Exists);
    };
    if new.key.is_some() && !row.is_remembered {
        return Ok(Insertion::KeyIsTaken);
    }
    let id = StatusId::new(row.id);
    if usize::try_from(row.tags) != Ok(tags.len()) {
        // Somebody else has made one of the tags in the same moment: a second statement sees it.
        super::link_tags(connection, id, new.tags, new.now).await?;
    }
    Ok(Insertion::New(Inserted {
        id,
        uri: row.uri,
        url: row.url,
        conversation_uri: row.conversation_uri,
        in_reply_to_id: row.in_reply_to_id.map(StatusId::new),
        in_reply_to_account_id: row.in_reply_to_account_id.map(AccountId::new),
        waits_for_parent: row.waits_for_parent,
        is_waited_for: row.is_waited_for,
    }))
}
