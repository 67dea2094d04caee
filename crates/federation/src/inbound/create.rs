//! Somebody elsewhere has written something.

use activitypub::{ObjectRef, Post, same_origin};
use service::statuses::{self, Arrival, Received};

use super::outcome::Outcome;
use super::process::Inbound;
use crate::resolve::post::remote_post;
use crate::resolve::status;

pub(super) async fn process(
    inbound: &Inbound<'_>,
    objects: &[ObjectRef],
) -> service::Result<Outcome> {
    let mut last = Outcome::Ignored("unsupported_object_type");
    // Several only when GoToSocial sends votes.
    for object in objects.iter().take(MAX_OBJECTS) {
        last = one(inbound, object).await?;
    }
    Ok(last)
}

/// Objects of one activity that are looked at.
const MAX_OBJECTS: usize = 50;

async fn one(inbound: &Inbound<'_>, object: &ObjectRef) -> service::Result<Outcome> {
    let post = match object {
        ObjectRef::Iri(id) if !same_origin(id, &inbound.actor.uri) => {
            return Ok(Outcome::Refused("origin_mismatch"));
        }
        ObjectRef::Iri(id) => match status::fetch(&inbound.run, id).await {
            Ok(post) => post,
            Err(status::StatusProblem::Service(error)) => return Err(error),
            Err(error) => return Ok(Outcome::of_fetch(error.code(), error.is_passing())),
        },
        ObjectRef::Embedded(value) => match Post::from_value(value) {
            Ok(post) => post,
            Err(error) => return Ok(unreadable(error)),
        },
    };
    if let Some(refused) = refuse(inbound, &post) {
        return Ok(refused);
    }
    if post.as_vote().is_some() {
        // No post here has options yet, so none can be meant; and a vote must never become a post.
        return Ok(Outcome::Ignored("unknown_option"));
    }
    receive(inbound, post).await
}

pub(super) fn unreadable(error: activitypub::note::PostError) -> Outcome {
    match error {
        activitypub::note::PostError::UnsupportedType => Outcome::Ignored(error.code()),
        error => Outcome::Refused(error.code()),
    }
}

/// The object lies where its author does, and its author is who sent it.
pub(super) fn refuse(inbound: &Inbound<'_>, post: &Post) -> Option<Outcome> {
    if !same_origin(&post.id, &inbound.actor.uri) {
        return Some(Outcome::Refused("origin_mismatch"));
    }
    let is_author =
        post.attributed_to.is_empty() || post.attributed_to.contains(&inbound.actor.uri);
    (!is_author).then_some(Outcome::Refused("attribution_mismatch"))
}

/// Stores a post that its author sent.
pub(super) async fn receive(inbound: &Inbound<'_>, mut post: Post) -> service::Result<Outcome> {
    if post.to.is_empty() && post.cc.is_empty() {
        // Whom it is for stands on the activity alone.
        post.to.clone_from(&inbound.activity.to);
        post.cc.clone_from(&inbound.activity.cc);
    }
    let remote = Box::pin(remote_post(&inbound.run, post, &inbound.actor)).await?;
    let arrival = Arrival::Pushed {
        inbox_owner: inbound.inbox_owner,
    };
    Ok(
        match Box::pin(statuses::receive(inbound.run.app, remote, arrival)).await? {
            Received::New(_) => Outcome::Done,
            Received::AlreadyKnown(_) => Outcome::Ignored("already_known"),
            Received::Tombstoned => Outcome::Ignored("tombstoned"),
            Received::Irrelevant => Outcome::Ignored("no_local_relevance"),
            Received::NotOwner => Outcome::Refused("not_owner"),
        },
    )
}
