//! Writing a post.

use aws_lc_rs::digest::{SHA256, digest};
use db::statuses::{Address, Author, NewStatus, Sight};
use model::{AccountId, ApplicationId, StatusId, Viewer, Visibility, status::StatusView};
use sqlx::PgConnection;
use text::language;
use time::{Duration, OffsetDateTime};

use super::{
    compose::{Composed, compose},
    get::{original, seen},
    limits::{Words, check_visibility},
};
use crate::{
    App, Error, Result,
    bus::Event,
    consequences::{Publish, enqueue},
    surface::{self, Arrived, Followers},
};

/// For so long a key gives the same post.
const KEY_LIFETIME: Duration = Duration::hours(1);

/// What a member writes.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The text, as typed.
    pub text: String,
    /// The content warning; may be empty.
    pub spoiler: String,
    /// Who it is for; else the member's default.
    pub visibility: Option<Visibility>,
    /// Media are hidden; else the member's default.
    pub sensitive: Option<bool>,
    /// ISO 639 code; else the member's default, or a guess.
    pub language: Option<String>,
    /// What it answers.
    pub in_reply_to: Option<StatusId>,
    /// With which app it was written.
    pub application_id: Option<ApplicationId>,
    /// Repeating a request with the same key gives the same post.
    pub idempotency_key: Option<String>,
}

/// Writes a post. The same key within an hour gives the same post, however many ask at once (R20).
pub async fn create(app: &App, author_id: AccountId, draft: Draft) -> Result<StatusView> {
    let now = app.clock.now();
    let words = Words::check(&draft.text, &draft.spoiler, app.settings.limits)?;
    let key = draft
        .idempotency_key
        .as_deref()
        .filter(|key| !key.is_empty())
        .map(short_key);
    let (author, parent) = {
        let mut connection = app.db.acquire().await?;
        if let Some(key) = &key
            && let Some(id) =
                db::statuses::find_answer(&mut connection, author_id, key, now - KEY_LIFETIME)
                    .await?
        {
            return seen(&mut connection, author_id, id).await;
        }
        let author = db::statuses::author(&mut connection, author_id)
            .await?
            .ok_or(Error::NotFound)?;
        let parent = match draft.in_reply_to {
            Some(id) => Some(original(seen(&mut connection, author_id, id).await?)),
            None => None,
        };
        (author, parent)
    };
    let composed = compose(app, author_id, &words.text).await?;

    let mut tx = app.db.begin().await?;
    if let Some(key) = &key {
        db::statuses::lock_key(&mut tx, author_id, key).await?;
        if let Some(id) =
            db::statuses::find_answer(&mut tx, author_id, key, now - KEY_LIFETIME).await?
        {
            return seen(&mut tx, author_id, id).await;
        }
    }
    let post = Post {
        author_id,
        author: &author,
        draft: &draft,
        words: &words,
        composed: &composed,
        parent: parent.as_ref(),
    };
    let id = post.insert(app, &mut tx, now).await?;
    if let Some(key) = &key {
        db::statuses::remember_answer(&mut tx, author_id, key, id, now).await?;
    }
    let arrived = Arrived {
        status: id,
        author: author_id,
        named: &composed.named(),
        followers: Followers::AtMost(author.followers_count),
    };
    surface::arrive(app, &mut tx, arrived).await?;
    enqueue(&mut tx, &Publish { status_id: id }).await?;
    let view = db::statuses::view(&mut tx, Sight::Of(Viewer::Account(author_id)), id)
        .await?
        .ok_or(Error::NotFound)?;
    tx.commit().await?;
    app.bus.tell(Event::StatusChanged(id));
    Ok(view)
}

/// A post with all that decides what is written.
struct Post<'a> {
    author_id: AccountId,
    author: &'a Author,
    draft: &'a Draft,
    words: &'a Words,
    composed: &'a Composed,
    parent: Option<&'a StatusView>,
}

impl Post<'_> {
    async fn insert(
        &self,
        app: &App,
        connection: &mut PgConnection,
        now: OffsetDateTime,
    ) -> Result<StatusId> {
        let language = language_of(
            self.draft.language.as_deref(),
            self.author,
            &self.words.text,
        );
        let conversation = format!("tag:{},{}:objectId=", app.settings.local_domain, now.date());
        let new = NewStatus {
            account_id: self.author_id,
            address: Address::Ours {
                actor: &self.author.uri,
                profile: &self.author.url,
                conversation: &conversation,
            },
            placed_at: now,
            created_at: now,
            edited_at: None,
            in_reply_to_uri: self.parent.map(|parent| parent.status.uri.as_str()),
            boost_of: None,
            source: &self.words.text,
            content: self.composed.content.as_str(),
            title: None,
            spoiler: &self.words.spoiler,
            visibility: self.visibility()?,
            sensitive: self
                .draft
                .sensitive
                .unwrap_or(self.author.defaults.sensitive)
                || self.words.had_spoiler,
            language: language.as_deref(),
            conversation_uri: None,
            emojis: &[],
            attachments: &[],
            tags: &self.composed.tags,
            application_id: self.draft.application_id,
            favourites_count: 0,
            boosts_count: 0,
        };
        let inserted = db::statuses::insert(connection, &new)
            .await?
            .ok_or_else(|| Error::internal(anyhow::anyhow!("a new id was taken already")))?;
        db::statuses::insert_mentions(connection, inserted.id, &self.composed.mentions).await?;
        db::statuses::link_tags(connection, inserted.id, &self.composed.tags, now).await?;
        Ok(inserted.id)
    }

    /// What was asked for, or the member's default. A limited member is not listed in public, as in Mastodon.
    fn visibility(&self) -> Result<Visibility> {
        let asked = check_visibility(
            self.draft
                .visibility
                .unwrap_or(self.author.defaults.visibility),
        )?;
        Ok(match asked {
            Visibility::Public if self.author.silenced => Visibility::Unlisted,
            other => other,
        })
    }
}

/// What the author says, else what the author always says, else what the text looks like.
pub(super) fn language_of(said: Option<&str>, author: &Author, text: &str) -> Option<String> {
    said.filter(|code| language::is_known(code))
        .or(author.defaults.language.as_deref())
        .or_else(|| language::guess(text))
        .or(Some(author.locale.as_str()))
        .map(str::to_owned)
}

/// Keys are as long as apps like; ours are not.
fn short_key(key: &str) -> String {
    hex::encode(digest(&SHA256, key.as_bytes()))
}
