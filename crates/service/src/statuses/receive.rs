//! A post of a peer arrives.

use db::statuses::{
    Address, Insertion, Known, Meeting, NewMention, NewStatus, Relevance, Stranger,
};
use model::{
    AccountId, Emoji, StatusId, Visibility,
    status::{Attachment, TagView},
};
use sqlx::{Connection as _, PgConnection};
use text::SafeHtml;
use time::{Duration, OffsetDateTime, macros::datetime};

use super::lookup::canonical;
use crate::{
    App, Result,
    bus::Event,
    consequences::{FanOut, FetchParent, enqueue, enqueue_many},
    surface::{self, Arrived, Followers, SMALL_AUDIENCE},
};

/// Posts that are older when we fetch them enter no homes and notify nobody.
const NEWS: Duration = Duration::hours(6);
/// A clock elsewhere may be so much ahead of ours.
const AHEAD: Duration = Duration::minutes(10);
/// Dates before this are somebody's joke, or a year without its century.
const PLAUSIBLE: OffsetDateTime = datetime!(2000-01-01 00:00 UTC);

/// A post of a peer, already read, checked and cleaned by the federation edge.
#[derive(Clone, Debug)]
pub struct RemotePost {
    /// Its ActivityPub id.
    pub uri: String,
    /// Its page.
    pub url: String,
    /// Who wrote it; verified.
    pub author: AccountId,
    /// The text.
    pub content: SafeHtml,
    /// Title of something that is no note.
    pub title: Option<String>,
    /// The content warning; plain text.
    pub spoiler: String,
    /// Who it is for.
    pub visibility: Visibility,
    /// Media are hidden until asked for.
    pub sensitive: bool,
    /// ISO 639 code.
    pub language: Option<String>,
    /// When it says it was published.
    pub published: Option<OffsetDateTime>,
    /// When it says it was last edited.
    pub updated: Option<OffsetDateTime>,
    /// The ActivityPub id of what it answers.
    pub in_reply_to_uri: Option<String>,
    /// Which thread it says it belongs to.
    pub conversation_uri: Option<String>,
    /// Custom emoji used in the text.
    pub emojis: Vec<Emoji>,
    /// Hashtags, names in normal form.
    pub tags: Vec<TagView>,
    /// Pictures and the like.
    pub attachments: Vec<Attachment>,
    /// Mentioned (notified when also addressed), and silently addressed.
    pub mentions: Vec<RemoteMention>,
    /// Total the origin claims.
    pub favourites_count: Option<i64>,
    /// Total the origin claims.
    pub boosts_count: Option<i64>,
}

/// Somebody whom a peer's post names or addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemoteMention {
    /// Who.
    pub account_id: AccountId,
    /// Addressed, but not named in the text.
    pub silent: bool,
    /// Among the recipients: only those are notified.
    pub addressed: bool,
}

/// How a post came to us: pushed ones must be of relevance to somebody here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Delivered to the shared inbox, or to this member's own.
    Pushed {
        /// Whose inbox it was.
        inbox_owner: Option<AccountId>,
    },
    /// We asked for it.
    Fetched,
}

impl Arrival {
    fn inbox_owner(self) -> Option<AccountId> {
        match self {
            Self::Pushed { inbox_owner } => inbox_owner,
            Self::Fetched => None,
        }
    }
}

/// What became of a post of a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// It is stored.
    New(StatusId),
    /// It was stored before.
    AlreadyKnown(StatusId),
    /// It was deleted before.
    Tombstoned,
    /// Nobody here follows, is answered or addressed; or its author is suspended.
    Irrelevant,
    /// The id belongs to somebody else's post.
    NotOwner,
}

/// Stores a post of a peer and lets it surface.
pub async fn receive(app: &App, mut post: RemotePost, arrival: Arrival) -> Result<Received> {
    // Nobody elsewhere makes our ids.
    if app.urls.is_ours(&post.uri) {
        return Ok(Received::NotOwner);
    }
    let now = app.clock.now();
    let mut connection = app.db.acquire().await?;
    if let Some(uri) = post.in_reply_to_uri.take() {
        post.in_reply_to_uri = Some(canonical(app, &mut connection, uri).await?);
    }
    let met = meet(&mut connection, &post, arrival, now).await?;
    if met.is_gone {
        return Ok(Received::Tombstoned);
    }
    if let Some(known) = &met.known {
        return met_again(&mut connection, known, &post, arrival).await;
    }
    let mentions = mentions(&mut post, arrival);
    let Some(relevance) = met.relevance else {
        return Ok(Received::Irrelevant);
    };
    if relevance.author_is_suspended
        || (arrival != Arrival::Fetched && !is_relevant(post.visibility, relevance))
    {
        return Ok(Received::Irrelevant);
    }

    let mut tx = connection.begin().await?;
    let Insertion::New(inserted) = insert(&mut tx, &post, &mentions, now).await? else {
        // The same post came in through another door at the same moment.
        tx.rollback().await?;
        return match db::statuses::find_by_uri(&mut connection, &post.uri).await? {
            Some(known) => met_again(&mut connection, &known, &post, arrival).await,
            None => Ok(Received::Tombstoned),
        };
    };
    if inserted.is_waited_for {
        tie_replies(&mut tx, inserted.id, now).await?;
    }
    if inserted.waits_for_parent {
        let job = FetchParent {
            status_id: inserted.id,
        };
        enqueue(&mut tx, &job).await?;
    }
    if arrival != Arrival::Fetched || now - created_at(post.published, now) < NEWS {
        let named: Vec<AccountId> = post
            .mentions
            .iter()
            .filter(|m| m.addressed && !m.silent)
            .map(|m| m.account_id)
            .collect();
        let arrived = Arrived {
            status: inserted.id,
            author: post.author,
            named: &named,
            followers: Followers::AtMost(met.followers),
        };
        surface::arrive(app, &mut tx, arrived).await?;
    }
    tx.commit().await?;
    app.bus.tell(Event::StatusChanged(inserted.id));
    Ok(Received::New(inserted.id))
}

/// A post that is here already: only whom it was delivered to may be new. Its owner is the stored one (S01).
async fn met_again(
    connection: &mut PgConnection,
    known: &Known,
    post: &RemotePost,
    arrival: Arrival,
) -> Result<Received> {
    if known.account_id != post.author {
        return Ok(Received::NotOwner);
    }
    if known.is_deleted {
        return Ok(Received::Tombstoned);
    }
    if let Some(owner) = arrival.inbox_owner()
        && !known.visibility.is_for_everybody()
    {
        db::statuses::address_silently(connection, known.id, owner).await?;
    }
    Ok(Received::AlreadyKnown(known.id))
}

/// Who is named, and who may see it besides: whoever it was delivered to in person.
fn mentions(post: &mut RemotePost, arrival: Arrival) -> Vec<NewMention> {
    let mut mentions: Vec<NewMention> = post
        .mentions
        .iter()
        .map(|m| NewMention {
            account_id: m.account_id,
            silent: m.silent,
        })
        .collect();
    if let Some(owner) = arrival.inbox_owner()
        && !post.visibility.is_for_everybody()
        && mentions.iter().all(|mention| mention.account_id != owner)
    {
        mentions.push(NewMention {
            account_id: owner,
            silent: true,
        });
        if post.visibility == Visibility::Direct {
            post.visibility = Visibility::Limited;
        }
    }
    mentions
}

/// What is here already of a post, its author and those it names.
async fn meet(
    connection: &mut PgConnection,
    post: &RemotePost,
    arrival: Arrival,
    now: OffsetDateTime,
) -> Result<Meeting> {
    let mut addressed: Vec<AccountId> = post
        .mentions
        .iter()
        .map(|mention| mention.account_id)
        .collect();
    if !post.visibility.is_for_everybody() {
        addressed.extend(arrival.inbox_owner());
    }
    let stranger = Stranger {
        uri: &post.uri,
        author: post.author,
        in_reply_to_uri: post.in_reply_to_uri.as_deref(),
        addressed: &addressed,
    };
    Ok(db::statuses::meet(connection, stranger, SMALL_AUDIENCE + 1, now).await?)
}

const fn is_relevant(visibility: Visibility, relevance: Relevance) -> bool {
    let Relevance {
        is_followed,
        answers_somebody,
        addresses_member,
        ..
    } = relevance;
    match visibility {
        Visibility::Public | Visibility::Unlisted => {
            is_followed || answers_somebody || addresses_member
        }
        Visibility::Private => is_followed || addresses_member,
        Visibility::Limited | Visibility::Direct => addresses_member,
    }
}

async fn insert(
    connection: &mut PgConnection,
    post: &RemotePost,
    mentions: &[NewMention],
    now: OffsetDateTime,
) -> Result<Insertion> {
    let created_at = created_at(post.published, now);
    let new = NewStatus {
        account_id: post.author,
        address: Address::Theirs {
            uri: &post.uri,
            url: &post.url,
        },
        placed_at: placed_at(post.published, now),
        created_at,
        now,
        edited_at: post
            .updated
            .filter(|updated| *updated > created_at && *updated <= now + AHEAD),
        in_reply_to_uri: post.in_reply_to_uri.as_deref(),
        boost_of: None,
        source: "",
        content: post.content.as_str(),
        title: post.title.as_deref(),
        spoiler: &post.spoiler,
        visibility: post.visibility,
        sensitive: post.sensitive,
        language: post.language.as_deref(),
        conversation_uri: post.conversation_uri.as_deref(),
        emojis: &post.emojis,
        attachments: &post.attachments,
        tags: &post.tags,
        mentions,
        application_id: None,
        favourites_count: post.favourites_count.unwrap_or_default().max(0),
        boosts_count: post.boosts_count.unwrap_or_default().max(0),
        key: None,
    };
    Ok(db::statuses::insert(connection, &new).await?)
}

/// When a post was published: what it says, unless that is in the future.
pub(super) fn created_at(published: Option<OffsetDateTime>, now: OffsetDateTime) -> OffsetDateTime {
    published
        .filter(|published| *published <= now + AHEAD)
        .unwrap_or(now)
}

/// Where a post belongs in timelines: when it was published, where that can be believed.
pub(super) fn placed_at(published: Option<OffsetDateTime>, now: OffsetDateTime) -> OffsetDateTime {
    published
        .filter(|published| *published <= now + AHEAD && *published >= PLAUSIBLE)
        .unwrap_or(now)
}

/// Ties replies that waited for `parent` to it; those that are news enter homes now that it is known whom they answer.
pub async fn attach_replies(app: &App, parent: StatusId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    tie_replies(&mut tx, parent, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

async fn tie_replies(
    connection: &mut PgConnection,
    parent: StatusId,
    now: OffsetDateTime,
) -> Result<()> {
    let news = db::statuses::attach_replies(connection, parent, now - NEWS).await?;
    let jobs: Vec<FanOut> = news
        .into_iter()
        .map(|status_id| FanOut { status_id })
        .collect();
    enqueue_many(connection, &jobs).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_stands_where_it_says_unless_that_is_nonsense() {
        let now = datetime!(2026-11-22 20:00 UTC);
        for (published, shown, placed) in [
            (None, now, now),
            (
                Some(datetime!(2026-11-22 19:00 UTC)),
                datetime!(2026-11-22 19:00 UTC),
                datetime!(2026-11-22 19:00 UTC),
            ),
            (
                Some(datetime!(2026-11-22 20:09 UTC)),
                datetime!(2026-11-22 20:09 UTC),
                datetime!(2026-11-22 20:09 UTC),
            ),
            (Some(datetime!(2026-11-22 20:11 UTC)), now, now),
            (
                Some(datetime!(1969-01-01 00:00 UTC)),
                datetime!(1969-01-01 00:00 UTC),
                now,
            ),
        ] {
            assert_eq!(created_at(published, now), shown, "{published:?}");
            assert_eq!(placed_at(published, now), placed, "{published:?}");
        }
    }

    #[test]
    fn what_is_not_for_everybody_must_be_for_somebody_here() {
        let answers = Relevance {
            author_is_suspended: false,
            is_followed: false,
            answers_somebody: true,
            addresses_member: false,
        };
        let followed = Relevance {
            is_followed: true,
            answers_somebody: false,
            ..answers
        };

        assert!(is_relevant(Visibility::Public, answers));
        assert!(!is_relevant(Visibility::Private, answers));
        assert!(is_relevant(Visibility::Private, followed));
        assert!(!is_relevant(Visibility::Direct, followed));
    }
}
