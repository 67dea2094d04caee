//! A peer changes a post of its own.

use db::statuses::{NewMention, Revision};
use model::{AccountId, StatusId};
use time::Duration;

use super::{edit::tell_of_edit, receive::RemotePost};
use crate::{App, Result, bus::Event};

/// What became of a peer's Update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceivedEdit {
    /// There is a new version.
    Edited(StatusId),
    /// Only totals and the like.
    Refreshed(StatusId),
    /// What is stored is newer.
    Stale,
    /// There is no such post here.
    Unknown,
    /// It is somebody else's.
    NotOwner,
}

/// Changes a known post of a peer: an edit when `updated` is newer than what is stored, totals only when it is
/// absent or equal.
pub async fn receive_edit(app: &App, post: RemotePost) -> Result<ReceivedEdit> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let Some(met) = db::statuses::find_by_uri(&mut tx, &post.uri).await? else {
        return Ok(ReceivedEdit::Unknown);
    };
    // The same Update comes in through many doors; each sees what the one before has made of the post.
    db::statuses::lock(&mut tx, met.id).await?;
    let Some(known) = db::statuses::find_by_id(&mut tx, met.id).await? else {
        return Ok(ReceivedEdit::Unknown);
    };
    if known.account_id != post.author || known.local {
        return Ok(ReceivedEdit::NotOwner);
    }
    if known.is_deleted || known.boost_of.is_some() {
        return Ok(ReceivedEdit::Unknown);
    }
    // PostgreSQL keeps microseconds, peers send what they like; and nobody edits in the future.
    let updated = post
        .updated
        .filter(|updated| *updated <= now + Duration::minutes(10));
    // Many peers send whole seconds, so that a first edit can bear the time of the post itself.
    let precision = Duration::milliseconds(1);
    let (stale_before, new_from) = match known.edited_at {
        Some(edited) => (edited - precision, edited + precision),
        None => (
            known.created_at - Duration::SECOND,
            known.created_at - Duration::SECOND,
        ),
    };
    match updated {
        Some(updated) if updated < stale_before => {
            return Ok(ReceivedEdit::Stale);
        }
        Some(updated) if updated > new_from => {
            let revision = Revision {
                source: "",
                content: post.content.as_str(),
                title: post.title.as_deref(),
                spoiler: &post.spoiler,
                sensitive: post.sensitive,
                language: post.language.as_deref(),
                emojis: &post.emojis,
                attachments: Some(&post.attachments),
                tags: &post.tags,
                at: updated,
            };
            db::statuses::revise(&mut tx, known.id, &revision).await?;
        }
        _ => {
            db::statuses::refresh_totals(
                &mut tx,
                known.id,
                post.favourites_count,
                post.boosts_count,
            )
            .await?;
            tx.commit().await?;
            return Ok(ReceivedEdit::Refreshed(known.id));
        }
    }
    let mentions: Vec<NewMention> = post
        .mentions
        .iter()
        .map(|m| NewMention {
            account_id: m.account_id,
            silent: m.silent,
        })
        .collect();
    let newly_named = db::statuses::replace_mentions(&mut tx, known.id, &mentions).await?;
    db::statuses::replace_tags(&mut tx, known.id, &post.tags, now).await?;
    db::statuses::refresh_totals(&mut tx, known.id, post.favourites_count, post.boosts_count)
        .await?;
    let is_addressed = |id: &AccountId| {
        post.mentions
            .iter()
            .any(|m| m.account_id == *id && m.addressed)
    };
    let told: Vec<AccountId> = newly_named.into_iter().filter(is_addressed).collect();
    tell_of_edit(app, &mut tx, known.id, post.author, &told).await?;
    tx.commit().await?;
    app.bus.tell(Event::StatusChanged(known.id));
    Ok(ReceivedEdit::Edited(known.id))
}
