//! Writing a post.

use aws_lc_rs::digest::{SHA256, digest};
use db::statuses::{Address, Author, Inserted, Insertion, Key, NewStatus};
use model::{AccountId, ApplicationId, StatusId, Visibility, status::StatusView};
use text::language;
use time::Duration;

use super::{
    compose::{Composed, compose},
    get::{original, seen},
    limits::{Words, check_visibility},
    written::written,
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
    let key = key.as_deref().map(|key| Key {
        key,
        since: now - KEY_LIFETIME,
    });
    let (writer, parent) = {
        let mut connection = app.db.acquire().await?;
        let writer = db::statuses::writer(&mut connection, author_id, draft.application_id, key)
            .await?
            .ok_or(Error::NotFound)?;
        if let Some(answer) = writer.answer {
            return seen(&mut connection, author_id, answer).await;
        }
        let parent = match draft.in_reply_to {
            Some(id) => Some(original(seen(&mut connection, author_id, id).await?)),
            None => None,
        };
        (writer, parent)
    };
    let author = &writer.author;
    let composed = compose(app, author_id, &words.text).await?;
    let conversation = format!("tag:{},{}:objectId=", app.settings.local_domain, now.date());
    let language = language_of(draft.language.as_deref(), author, &words.text);
    let new = NewStatus {
        account_id: author_id,
        address: Address::Ours {
            actor: &author.uri,
            profile: &author.url,
            conversation: &conversation,
        },
        placed_at: now,
        created_at: now,
        now,
        edited_at: None,
        in_reply_to_uri: parent.as_ref().map(|parent| parent.status.uri.as_str()),
        boost_of: None,
        source: &words.text,
        content: composed.content.as_str(),
        title: None,
        spoiler: &words.spoiler,
        visibility: visibility_of(&draft, author)?,
        sensitive: draft.sensitive.unwrap_or(author.defaults.sensitive) || words.had_spoiler,
        language: language.as_deref(),
        conversation_uri: None,
        emojis: &[],
        attachments: &[],
        tags: &composed.tags,
        mentions: &composed.mentions,
        application_id: draft.application_id,
        favourites_count: 0,
        boosts_count: 0,
        key,
    };
    let post = Post {
        new: &new,
        author,
        composed: &composed,
        parent: parent.as_ref(),
    };
    let Some(inserted) = post.write(app).await? else {
        // Somebody asked twice, and the other request was faster.
        let key = key.expect("only a post with a key can find its key taken");
        let mut connection = app.db.acquire().await?;
        let answer = db::statuses::find_answer(&mut connection, author_id, key)
            .await?
            .ok_or(Error::NotFound)?;
        return seen(&mut connection, author_id, answer).await;
    };
    app.bus.tell(Event::StatusChanged(inserted.id));
    Ok(written(
        writer.account,
        writer.application,
        &new,
        inserted,
        &composed,
    ))
}

/// A post with all that decides who hears of it.
struct Post<'a> {
    new: &'a NewStatus<'a>,
    author: &'a Author,
    composed: &'a Composed,
    parent: Option<&'a StatusView>,
}

impl Post<'_> {
    /// Writes it and lets it surface. `None` when its key has given another post meanwhile.
    async fn write(&self, app: &App) -> Result<Option<Inserted>> {
        let mut tx = app.db.begin().await?;
        let inserted = match db::statuses::insert(&mut tx, self.new).await? {
            Insertion::New(inserted) => inserted,
            Insertion::KeyIsTaken => {
                tx.rollback().await?;
                return Ok(None);
            }
            Insertion::Exists => {
                return Err(Error::internal(anyhow::anyhow!(
                    "a new id was taken already"
                )));
            }
        };
        let arrived = Arrived {
            status: inserted.id,
            author: self.new.account_id,
            named: &self.composed.named(),
            followers: Followers::AtMost(self.author.followers_count),
        };
        let is_followed_elsewhere = surface::arrive(app, &mut tx, arrived).await?;
        if self.is_heard_elsewhere(is_followed_elsewhere) {
            let job = Publish {
                status_id: inserted.id,
            };
            enqueue(&mut tx, &job).await?;
        }
        tx.commit().await?;
        Ok(Some(inserted))
    }

    /// Whether anybody elsewhere may have to be told: followers, who is named, who is answered, or the followers of
    /// the thread.
    fn is_heard_elsewhere(&self, is_followed_elsewhere: bool) -> bool {
        let is_for_followers = !matches!(
            self.new.visibility,
            Visibility::Limited | Visibility::Direct
        );
        let answers_another = self
            .parent
            .is_some_and(|parent| parent.status.account_id != self.new.account_id);
        self.composed.names_somebody_elsewhere()
            || (is_for_followers && (is_followed_elsewhere || answers_another))
    }
}

/// What was asked for, or the member's default. A limited member is not listed in public, as in Mastodon.
fn visibility_of(draft: &Draft, author: &Author) -> Result<Visibility> {
    let asked = check_visibility(draft.visibility.unwrap_or(author.defaults.visibility))?;
    Ok(match asked {
        Visibility::Public if author.silenced => Visibility::Unlisted,
        other => other,
    })
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
