//! Somebody elsewhere takes something back.

use activitypub::{ObjectRef, json, same_host};
use serde_json::Value;
use service::relationships;
use service::statuses::{self, Undone};

use super::outcome::Outcome;
use super::process::Inbound;
use crate::resolve::find_local_account;

pub(super) async fn process(inbound: &Inbound<'_>, object: &ObjectRef) -> service::Result<Outcome> {
    match object {
        ObjectRef::Iri(id) => by_id(inbound, id).await,
        ObjectRef::Embedded(undone) => {
            if json::id_at(undone, "actor").is_some_and(|actor| actor != inbound.actor.uri) {
                return Ok(Outcome::Refused("not_owner"));
            }
            by_content(inbound, undone).await
        }
    }
}

/// Only the id: it may be a boost, a follow, a block or a like.
async fn by_id(inbound: &Inbound<'_>, id: &str) -> service::Result<Outcome> {
    let (app, actor) = (inbound.run.app, inbound.actor.id);
    if let Some((follower, followee)) = relationships::find_by_uri(app, id).await? {
        if follower != actor {
            return Ok(Outcome::Refused("not_owner"));
        }
        return done(
            inbound,
            relationships::receive_undo_follow(app, follower, followee).await?,
            Some(id),
        )
        .await;
    }
    if let Some((blocker, blocked)) = relationships::find_block_by_uri(app, id).await? {
        if blocker != actor {
            return Ok(Outcome::Refused("not_owner"));
        }
        return done(
            inbound,
            relationships::receive_undo_block(app, blocker, blocked).await?,
            Some(id),
        )
        .await;
    }
    let undone = statuses::receive_unboost(app, actor, Undone::Uri(id)).await?
        || statuses::receive_unfavourite(app, actor, Undone::Uri(id)).await?;
    done(inbound, undone, Some(id)).await
}

/// The whole activity: by its kind and what it was about, since many peers make up ids that nobody can look up.
async fn by_content(inbound: &Inbound<'_>, undone: &Value) -> service::Result<Outcome> {
    let (app, actor) = (inbound.run.app, inbound.actor.id);
    let id = json::id_of(undone);
    let Some(about) = json::id_at(undone, "object") else {
        return Ok(Outcome::Refused("malformed"));
    };
    let was_there = match json::known_type(undone, &["Follow", "Block", "Announce", "Like"]) {
        Some("Follow") => match find_local_account(app, about).await? {
            Some(member) => relationships::receive_undo_follow(app, actor, member.id).await?,
            None => false,
        },
        Some("Block") => match find_local_account(app, about).await? {
            Some(member) => relationships::receive_undo_block(app, actor, member.id).await?,
            None => false,
        },
        Some("Announce") => by_uri_or_object(inbound, id, about, Reaction::Boost).await?,
        Some("Like") => by_uri_or_object(inbound, id, about, Reaction::Favourite).await?,
        _ => return Ok(Outcome::Ignored("unsupported_object_type")),
    };
    done(inbound, was_there, id).await
}

#[derive(Clone, Copy)]
enum Reaction {
    Boost,
    Favourite,
}

async fn by_uri_or_object(
    inbound: &Inbound<'_>,
    id: Option<&str>,
    about: &str,
    reaction: Reaction,
) -> service::Result<bool> {
    if let Some(id) = id
        && undo(inbound, reaction, Undone::Uri(id)).await?
    {
        return Ok(true);
    }
    match statuses::find_by_uri(inbound.run.app, about).await? {
        Some(status) => undo(inbound, reaction, Undone::Of(status)).await,
        None => Ok(false),
    }
}

async fn undo(
    inbound: &Inbound<'_>,
    reaction: Reaction,
    which: Undone<'_>,
) -> service::Result<bool> {
    let (app, actor) = (inbound.run.app, inbound.actor.id);
    match reaction {
        Reaction::Boost => statuses::receive_unboost(app, actor, which).await,
        Reaction::Favourite => statuses::receive_unfavourite(app, actor, which).await,
    }
}

/// What was not there is remembered, so that the original, should it come late, has no effect.
async fn done(
    inbound: &Inbound<'_>,
    was_there: bool,
    id: Option<&str>,
) -> service::Result<Outcome> {
    if was_there {
        return Ok(Outcome::Done);
    }
    if let Some(id) = id.filter(|id| same_host(id, &inbound.actor.uri)) {
        statuses::remember_gone(inbound.run.app, id).await?;
    }
    Ok(Outcome::Ignored("unknown_target"))
}
