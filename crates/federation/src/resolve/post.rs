//! From a decoded post to what the operations store: cleaned texts, resolved people, one visibility.

use std::collections::HashSet;

use activitypub::note::{Attachment as TheirAttachment, MediaKind};
use activitypub::{Audience, PUBLIC, Post};
use model::status::{Attachment, TagView};
use model::{Account, AccountId, Visibility};
use service::accounts;
use service::statuses::{RemoteMention, RemotePost};
use text::SafeHtml;
use time::Duration;

use super::actor;
use crate::client::leads_inside;
use crate::run::Run;

/// Addressees looked at, beside the people mentioned.
const MAX_ADDRESSEES: usize = 100;
/// How far into the future a post may be dated.
const MAX_AHEAD: Duration = Duration::minutes(10);

/// Puts it together. Mentioned people who are not known are asked for, as far as the budget goes.
pub(crate) async fn remote_post(
    run: &Run<'_>,
    post: Post,
    author: &Account,
) -> service::Result<RemotePost> {
    let followers = accounts::followers_url(run.app, author.id).await?;
    let mentions = mentions(run, &post, author, followers.as_deref()).await?;
    let audience = post.audience(followers.as_deref());
    let visibility = visibility(audience, &mentions, post.direct_message);
    let now = run.app.clock.now();
    let takes_media = takes_media(run, author).await?;
    let language = post.language.as_deref().and_then(language);
    Ok(RemotePost {
        author: author.id,
        content: SafeHtml::clean(&post.content),
        spoiler: spoiler(&post.spoiler),
        // Misskey marks an empty warning with an invisible one.
        sensitive: post.sensitive || !post.spoiler.is_empty(),
        title: post
            .title
            .as_deref()
            .map(text::plain::display_name)
            .filter(|title| !title.is_empty()),
        visibility,
        language,
        published: Some(
            post.published
                .filter(|at| *at <= now + MAX_AHEAD)
                .unwrap_or(now),
        ),
        updated: post.updated.filter(|_| post.is_edited()),
        in_reply_to_uri: post.in_reply_to,
        conversation_uri: post.conversation,
        emojis: if takes_media {
            actor::emojis(&post.tags.emojis)
        } else {
            Vec::new()
        },
        tags: tags(&post.tags.hashtags),
        attachments: post
            .attachments
            .iter()
            .filter(|theirs| takes_media && is_outside(run, &theirs.url))
            .map(attachment)
            .collect(),
        mentions,
        favourites_count: post.likes.and_then(|count| i64::try_from(count).ok()),
        boosts_count: post.shares.and_then(|count| i64::try_from(count).ok()),
        uri: post.id,
        url: post.url,
    })
}

/// Whether pictures and the like are taken in from somebody's server.
async fn takes_media(run: &Run<'_>, author: &Account) -> service::Result<bool> {
    match &author.domain {
        Some(domain) => Ok(!service::peers::policy(run.app, domain).await?.rejects_media),
        None => Ok(true),
    }
}

fn visibility(
    audience: Audience,
    mentions: &[RemoteMention],
    direct_message: Option<bool>,
) -> Visibility {
    match audience {
        Audience::Public => Visibility::Public,
        Audience::Unlisted => Visibility::Unlisted,
        Audience::Private => Visibility::Private,
        Audience::Direct if direct_message == Some(true) => Visibility::Direct,
        Audience::Direct if mentions.iter().any(|mention| mention.silent) => Visibility::Limited,
        Audience::Direct => Visibility::Direct,
    }
}

/// The people mentioned, and after them those who are addressed without a mention.
async fn mentions(
    run: &Run<'_>,
    post: &Post,
    author: &Account,
    followers: Option<&str>,
) -> service::Result<Vec<RemoteMention>> {
    let addressed: HashSet<&str> = post.to.iter().chain(&post.cc).map(String::as_str).collect();
    let mut found: Vec<RemoteMention> = Vec::new();
    for mention in &post.tags.mentions {
        let Some(id) = mentioned(run, &mention.href).await? else {
            continue;
        };
        if found.iter().all(|known| known.account_id != id) {
            let addressed = addressed.contains(mention.href.as_str());
            found.push(RemoteMention {
                account_id: id,
                silent: false,
                addressed,
            });
        }
    }
    let others = post.to.iter().chain(&post.cc).filter(|address| {
        *address != PUBLIC
            && Some(address.as_str()) != followers
            && post
                .tags
                .mentions
                .iter()
                .all(|mention| mention.href != **address)
    });
    for address in others.take(MAX_ADDRESSEES) {
        let Some(account) = accounts::find_by_uri(run.app, address).await? else {
            continue;
        };
        push_silent(&mut found, account.id, author);
    }
    Ok(found)
}

fn push_silent(found: &mut Vec<RemoteMention>, id: AccountId, author: &Account) {
    if id != author.id && found.iter().all(|known| known.account_id != id) {
        found.push(RemoteMention {
            account_id: id,
            silent: true,
            addressed: true,
        });
    }
}

/// Somebody mentioned; who cannot be had is passed over.
async fn mentioned(run: &Run<'_>, href: &str) -> service::Result<Option<AccountId>> {
    if let Some(account) = crate::resolve::find_account(run.app, href).await? {
        return Ok(Some(account.id));
    }
    match actor::by_uri(run, href).await {
        Ok(id) => Ok(Some(id)),
        Err(actor::ActorProblem::Service(error)) => Err(error),
        Err(error) => {
            tracing::debug!(
                href,
                code = error.code(),
                "somebody mentioned could not be found"
            );
            Ok(None)
        }
    }
}

fn spoiler(text: &str) -> String {
    if text::plain::is_blank(text) {
        String::new()
    } else {
        text::plain::strip_nul(text).trim().to_owned()
    }
}

/// The main part of a language tag, if it is one that posts can have here.
fn language(tag: &str) -> Option<String> {
    let tag = tag.trim();
    if text::language::is_known(tag) {
        return Some(tag.to_owned());
    }
    let main = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    text::language::is_known(&main).then_some(main)
}

fn tags(names: &[String]) -> Vec<TagView> {
    let mut tags: Vec<TagView> = Vec::new();
    for written in names {
        let Some(name) = text::hashtag::normalise(written) else {
            continue;
        };
        if tags.iter().all(|tag| tag.name != name) {
            let display_name = text::hashtag::display(written).unwrap_or_else(|| name.clone());
            tags.push(TagView { name, display_name });
        }
    }
    tags
}

/// An address that could only be meant to make us, or a member's browser, look inside a network is not kept.
fn is_outside(run: &Run<'_>, url: &str) -> bool {
    activitypub::parse_id(url).is_ok_and(|url| !leads_inside(&url, run.edge.client.rules()))
}

fn attachment(theirs: &TheirAttachment) -> Attachment {
    let object_type = match theirs.kind {
        MediaKind::Image => Some("Image"),
        MediaKind::Video => Some("Video"),
        MediaKind::Audio => Some("Audio"),
        MediaKind::Unknown => None,
    };
    let kind = media::Kind::of_remote(theirs.media_type.as_deref(), object_type, &theirs.url);
    Attachment {
        // Given when it is stored.
        id: 0,
        kind: kind.as_str().to_owned(),
        remote_url: theirs.url.clone(),
        preview_url: theirs.thumbnail.clone(),
        media_type: theirs.media_type.clone(),
        description: theirs.alt.as_deref().and_then(media::description),
        blurhash: theirs
            .blurhash
            .as_deref()
            .and_then(media::blurhash::validate)
            .map(str::to_owned),
        focus: theirs.focus,
        width: theirs.width.and_then(|width| i32::try_from(width).ok()),
        height: theirs.height.and_then(|height| i32::try_from(height).ok()),
        duration: theirs.duration,
    }
}
