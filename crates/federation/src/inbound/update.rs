//! Somebody elsewhere has changed a post of theirs, or their profile.

use activitypub::actor::ActorType;
use activitypub::{Actor, ObjectRef, Post};
use serde_json::Value;
use service::accounts;
use service::statuses::{self, ReceivedEdit};
use time::Duration;

use super::create;
use super::outcome::Outcome;
use super::process::Inbound;
use crate::resolve::post::remote_post;
use crate::resolve::{actor, status};

/// A post that is older than this and unknown here is not taken in because of an edit.
const TOO_OLD: Duration = Duration::days(1);

pub(super) async fn process(inbound: &Inbound<'_>, object: &ObjectRef) -> service::Result<Outcome> {
    let value = match object {
        ObjectRef::Embedded(value) => value,
        ObjectRef::Iri(id) if *id == inbound.actor.uri => {
            return profile_from_origin(inbound).await;
        }
        ObjectRef::Iri(id) => return post_from_origin(inbound, id).await,
    };
    if ActorType::of(value).is_some() {
        return profile(inbound, value).await;
    }
    match Post::from_value(value) {
        Ok(post) => edit(inbound, post).await,
        Err(error) => Ok(create::unreadable(error)),
    }
}

/// A new profile is taken from the activity, but for keys: those change only by what the actor's own address says
/// (S13).
async fn profile(inbound: &Inbound<'_>, value: &Value) -> service::Result<Outcome> {
    let actor = match Actor::from_value(value) {
        Ok(actor) => actor,
        Err(error) => return Ok(Outcome::Refused(error.code())),
    };
    if actor.id != inbound.actor.uri {
        return Ok(Outcome::Refused("not_owner"));
    }
    if !has_known_keys(inbound, &actor).await? {
        return profile_from_origin(inbound).await;
    }
    stored(actor::store(&inbound.run, &actor).await)
}

async fn has_known_keys(inbound: &Inbound<'_>, actor: &Actor) -> service::Result<bool> {
    for key in &actor.keys {
        let known = accounts::find_key(inbound.run.app, &key.id).await?;
        if known.is_none_or(|known| {
            known.owner != inbound.actor.id || known.pem.trim() != key.pem.trim()
        }) {
            return Ok(false);
        }
    }
    Ok(!actor.keys.is_empty())
}

async fn profile_from_origin(inbound: &Inbound<'_>) -> service::Result<Outcome> {
    let fetched = match actor::fetch(&inbound.run, &inbound.actor.uri).await {
        Ok(actor) => actor::store(&inbound.run, &actor).await,
        Err(error) => Err(error),
    };
    stored(fetched)
}

fn stored(result: Result<model::AccountId, actor::ActorProblem>) -> service::Result<Outcome> {
    match result {
        Ok(_) => Ok(Outcome::Done),
        Err(actor::ActorProblem::Service(error)) => Err(error),
        Err(error) => Ok(Outcome::of_fetch(error.code(), error.is_passing())),
    }
}

async fn post_from_origin(inbound: &Inbound<'_>, id: &str) -> service::Result<Outcome> {
    match status::fetch(&inbound.run, id).await {
        Ok(post) => edit(inbound, post).await,
        Err(status::StatusProblem::Service(error)) => Err(error),
        Err(error) => Ok(Outcome::of_fetch(error.code(), error.is_passing())),
    }
}

async fn edit(inbound: &Inbound<'_>, post: Post) -> service::Result<Outcome> {
    if let Some(refused) = create::refuse(inbound, &post) {
        return Ok(refused);
    }
    let mut remote = remote_post(&inbound.run, post.clone(), &inbound.actor).await?;
    // In an Update the same time as `published` means an edit within the second of posting.
    remote.updated = post.updated;
    Ok(
        match statuses::receive_edit(inbound.run.app, remote).await? {
            ReceivedEdit::Edited(_) | ReceivedEdit::Refreshed(_) => Outcome::Done,
            ReceivedEdit::Stale => Outcome::Ignored("stale_update"),
            ReceivedEdit::NotOwner => Outcome::Refused("not_owner"),
            ReceivedEdit::Unknown => return unknown(inbound, post).await,
        },
    )
}

/// The edit has overtaken the post, or nobody here was concerned until now.
async fn unknown(inbound: &Inbound<'_>, post: Post) -> service::Result<Outcome> {
    let is_old = post
        .published
        .is_some_and(|at| inbound.run.app.clock.now() - at > TOO_OLD);
    if is_old || inbound.actor.is_suspended() {
        return Ok(Outcome::Ignored("unknown_target"));
    }
    create::receive(inbound, post).await
}
