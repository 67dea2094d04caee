//! Somebody elsewhere boosts a post, or a group passes on what its members do.

use activitypub::{Audience, ObjectRef, Post, json, same_origin, visibility};
use model::{AccountId, Page, StatusId, Viewer, Visibility};
use serde_json::Value;
use service::{accounts, statuses};

use super::outcome::Outcome;
use super::process::Inbound;
use crate::resolve::status::{self, StatusProblem};

/// The kinds of activities that groups announce.
const ACTIVITIES: [&str; 14] = [
    "Create",
    "Update",
    "Delete",
    "Like",
    "Dislike",
    "Undo",
    "Add",
    "Remove",
    "Block",
    "Lock",
    "Flag",
    "Announce",
    "EmojiReact",
    "Move",
];

pub(super) async fn process(inbound: &Inbound<'_>, object: &ObjectRef) -> service::Result<Outcome> {
    let inner = object
        .embedded()
        .and_then(|object| json::known_type(object, &ACTIVITIES));
    match (inner, object.embedded()) {
        (Some("Create" | "Update"), Some(activity)) => group(inbound, activity).await,
        (Some(_), _) => Ok(Outcome::Ignored("group_activity")),
        _ => boost(inbound, object).await,
    }
}

/// What is inside is a hint where to look. Comments are taken in too, but only the beginnings of threads are boosted,
/// or a busy group would flood home.
async fn group(inbound: &Inbound<'_>, activity: &Value) -> service::Result<Outcome> {
    let Some(target) = json::id_at(activity, "object") else {
        return Ok(Outcome::Refused("malformed"));
    };
    if !is_relevant(inbound, target).await? {
        return Ok(Outcome::Ignored("no_local_relevance"));
    }
    let status = match found(Box::pin(status::by_uri(&inbound.run, target)).await)? {
        Ok(status) => status,
        Err(outcome) => return Ok(outcome),
    };
    let loaded = statuses::load(inbound.run.app, status).await?;
    if loaded.is_none_or(|view| view.status.in_reply_to_uri.is_some()) {
        return Ok(Outcome::Done);
    }
    record(inbound, status).await
}

async fn boost(inbound: &Inbound<'_>, object: &ObjectRef) -> service::Result<Outcome> {
    let Some(target) = object.id() else {
        return Ok(Outcome::Refused("missing_id"));
    };
    if !is_relevant(inbound, target).await? {
        return Ok(Outcome::Ignored("no_local_relevance"));
    }
    let status = match find(inbound, object, target).await? {
        Ok(status) => status,
        Err(outcome) => return Ok(outcome),
    };
    record(inbound, status).await
}

/// The boosted post is ours, or somebody here follows who boosts.
async fn is_relevant(inbound: &Inbound<'_>, target: &str) -> service::Result<bool> {
    let app = inbound.run.app;
    if app.urls.is_ours(target) {
        return Ok(true);
    }
    let actor: AccountId = inbound.actor.id;
    // Whoever we know to follow somebody elsewhere is a member.
    Ok(
        !accounts::followers(app, Viewer::Account(actor), actor, Page::newest(1))
            .await?
            .is_empty(),
    )
}

/// A known post, one of the announcer's own that came along, or else what its own server says; a foreign copy is never
/// believed.
async fn find(
    inbound: &Inbound<'_>,
    object: &ObjectRef,
    target: &str,
) -> service::Result<Result<StatusId, Outcome>> {
    if let Some(status) = statuses::find_by_uri(inbound.run.app, target).await? {
        return Ok(Ok(status));
    }
    if inbound.run.app.urls.is_ours(target) {
        return Ok(Err(Outcome::Ignored("unknown_target")));
    }
    let own = object
        .embedded()
        .and_then(|value| Post::from_value(value).ok())
        .filter(|post| {
            post.attributed_to.first() == Some(&inbound.actor.uri)
                && same_origin(&post.id, &inbound.actor.uri)
        });
    match own {
        Some(post) => found(Box::pin(status::store(&inbound.run, post)).await),
        None => found(Box::pin(status::by_uri(&inbound.run, target)).await),
    }
}

fn found(result: Result<StatusId, StatusProblem>) -> service::Result<Result<StatusId, Outcome>> {
    match result {
        Ok(status) => Ok(Ok(status)),
        Err(StatusProblem::Service(error)) => Err(error),
        Err(StatusProblem::Tombstoned) => Ok(Err(Outcome::Ignored("tombstoned"))),
        Err(StatusProblem::Post(error)) => Ok(Err(super::create::unreadable(error))),
        Err(StatusProblem::Fetch(crate::fetch::FetchError::Gone)) => {
            Ok(Err(Outcome::Refused("forged_embed")))
        }
        Err(error) => Ok(Err(Outcome::of_fetch(error.code(), error.is_passing()))),
    }
}

async fn record(inbound: &Inbound<'_>, of: StatusId) -> service::Result<Outcome> {
    let (app, activity) = (inbound.run.app, inbound.activity);
    let Some(uri) = activity.id.as_deref() else {
        return Ok(Outcome::Refused("missing_id"));
    };
    let followers = accounts::followers_url(app, inbound.actor.id).await?;
    let visibility = match visibility(&activity.to, &activity.cc, followers.as_deref()) {
        Audience::Public => Visibility::Public,
        Audience::Unlisted => Visibility::Unlisted,
        Audience::Private => Visibility::Private,
        Audience::Direct => Visibility::Direct,
    };
    let boosted = statuses::receive_boost(
        app,
        inbound.actor.id,
        of,
        uri,
        visibility,
        activity.published,
    )
    .await?;
    Ok(if boosted.is_some() {
        Outcome::Done
    } else {
        Outcome::Refused("not_permitted")
    })
}
