//! Writing a post.

use aws_lc_rs::digest::{SHA256, digest};
use db::statuses::{Address, Author, Insertion, Key, NewStatus, Sight};
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
    let post = Post {
        author_id,
        author: &author,
        draft: &draft,
        words: &words,
        composed: &composed,
        parent: parent.as_ref(),
        key: key.as_deref(),
    };
    let Some(id) = post.insert(app, &mut tx, now).await? else {
        // Somebody asked twice, and the other request was faster.
        tx.rollback().await?;
        let key = key.expect("only a post with a key can find its key taken");
        let mut connection = app.db.acquire().await?;
        let since = now - KEY_LIFETIME;
        let id = db::statuses::find_answer(&mut connection, author_id, &key, since)
            .await?
            .ok_or(Error::NotFound)?;
        return seen(&mut connection, author_id, id).await;
    };
    let arrived = Arrived {
        status: id,
        author: author_id,
        named: &composed.named(),
        followers: Followers::AtMost(author.followers_count),
    };
    let is_followed_elsewhere = surface::arrive(app, &mut tx, arrived).await?;
    if post.is_heard_elsewhere(is_followed_elsewhere)? {
        enqueue(&mut tx, &Publish { status_id: id }).await?;
    }
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
    key: Option<&'a str>,
}

impl Post<'_> {
    /// `None` when the key has given another post meanwhile.
    async fn insert(
        &self,
        app: &App,
        connection: &mut PgConnection,
        now: OffsetDateTime,
    ) -> Result<Option<StatusId>> {
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
            now,
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
            mentions: &self.composed.mentions,
            application_id: self.draft.application_id,
            favourites_count: 0,
            boosts_count: 0,
            key: self.key.map(|key| Key {
                key,
                since: now - KEY_LIFETIME,
            }),
        };
        match db::statuses::insert(connection, &new).await? {
            Insertion::New(inserted) => Ok(Some(inserted.id)),
            Insertion::KeyIsTaken => Ok(None),
            Insertion::Exists => Err(Error::internal(anyhow::anyhow!(
                "a new id was taken already"
            ))),
        }
    }

    /// Whether anybody elsewhere may have to be told: followers, who is named, who is answered, or the followers of
    /// the thread.
    fn is_heard_elsewhere(&self, is_followed_elsewhere: bool) -> Result<bool> {
        let is_for_followers =
            !matches!(self.visibility()?, Visibility::Limited | Visibility::Direct);
        let answers_another = self
            .parent
            .is_some_and(|parent| parent.status.account_id != self.author_id);
        Ok(self.composed.names_somebody_elsewhere
            || (is_for_followers && (is_followed_elsewhere || answers_another)))
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
