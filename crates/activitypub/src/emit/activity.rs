//! What our people did, one builder for each kind.
//!
//! Ids of activities are given by the caller where the thing has a row of its own, and derived from the post's or
//! actor's id otherwise, as Mastodon derives them.

use serde::Serialize;

use super::{Actor, Instant, Note};
use crate::PUBLIC;

/// An activity around an object, which is an id, a document or another activity.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Activity<O> {
    /// Identity; Mastodon leaves it out of `Add` and `Remove`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Kind.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Who did it.
    pub actor: String,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Instant>,
    /// Addressees.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    /// Further addressees.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cc: Vec<String>,
    /// Text of a report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// What it is about.
    pub object: O,
    /// Collection or new account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
}

impl<O> Activity<O> {
    fn new(kind: &'static str, id: String, actor: &str, object: O) -> Self {
        Self {
            id: Some(id),
            kind,
            actor: actor.to_owned(),
            published: None,
            to: Vec::new(),
            cc: Vec::new(),
            content: None,
            object,
            target: None,
        }
    }

    /// The same, addressed.
    #[must_use]
    pub fn addressed(mut self, to: Vec<String>, cc: Vec<String>) -> Self {
        self.to = to;
        self.cc = cc;
        self
    }
}

/// What is left of a deleted post.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub struct Tombstone {
    /// Id of the post that was.
    pub id: String,
    /// The id again, for old peers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub atom_uri: Option<String>,
}

/// A new post. Its id is the post's with `/activity`, its addressees the post's.
pub fn create(note: Note) -> Activity<Note> {
    let mut activity = Activity::new(
        "Create",
        format!("{}/activity", note.id),
        &note.attributed_to.clone(),
        note,
    );
    activity.published = Some(activity.object.published);
    let (to, cc) = (activity.object.to.clone(), activity.object.cc.clone());
    activity.addressed(to, cc)
}

/// An edited post, or newly counted poll; `revision` tells several updates of one post apart.
pub fn update_post(note: Note, revision: i64) -> Activity<Note> {
    let id = format!("{}#updates/{revision}", note.id);
    let mut activity = Activity::new("Update", id, &note.attributed_to.clone(), note);
    activity.published = activity.object.updated;
    let (to, cc) = (activity.object.to.clone(), activity.object.cc.clone());
    activity.addressed(to, cc)
}

/// A changed profile.
pub fn update_actor(actor: Actor, revision: i64) -> Activity<Actor> {
    let id = format!("{}#updates/{revision}", actor.id);
    Activity::new("Update", id, &actor.id.clone(), actor)
        .addressed(vec![PUBLIC.to_owned()], Vec::new())
}

/// A deleted post.
pub fn delete_post(actor: &str, post: &str) -> Activity<Tombstone> {
    let tombstone = Tombstone {
        id: post.to_owned(),
        atom_uri: Some(post.to_owned()),
    };
    Activity::new("Delete", format!("{post}#delete"), actor, tombstone)
        .addressed(vec![PUBLIC.to_owned()], Vec::new())
}

/// A deleted account.
pub fn delete_actor(actor: &str) -> Activity<String> {
    Activity::new("Delete", format!("{actor}#delete"), actor, actor.to_owned())
        .addressed(vec![PUBLIC.to_owned()], Vec::new())
}

/// A wish to follow somebody.
pub fn follow(id: &str, actor: &str, followee: &str) -> Activity<String> {
    Activity::new("Follow", id.to_owned(), actor, followee.to_owned())
        .addressed(vec![followee.to_owned()], Vec::new())
}

/// A yes to somebody's request, which is repeated with the id its sender gave it.
pub fn accept(id: &str, actor: &str, request: Activity<String>) -> Activity<Activity<String>> {
    let follower = request.actor.clone();
    Activity::new("Accept", id.to_owned(), actor, request).addressed(vec![follower], Vec::new())
}

/// A no to somebody's request, or the end of their following.
pub fn reject(id: &str, actor: &str, request: Activity<String>) -> Activity<Activity<String>> {
    let follower = request.actor.clone();
    Activity::new("Reject", id.to_owned(), actor, request).addressed(vec![follower], Vec::new())
}

/// An activity taken back; all of it is repeated, since many peers do not know it by its id alone.
pub fn undo<O: Serialize>(actor: &str, activity: Activity<O>) -> Activity<Activity<O>> {
    let id = format!("{}#undo", activity.id.as_deref().unwrap_or(actor));
    let (to, cc) = (activity.to.clone(), activity.cc.clone());
    Activity::new("Undo", id, actor, activity).addressed(to, cc)
}

/// A boost. Give it addressees with [`Activity::addressed`].
pub fn announce(id: &str, actor: &str, post: &str, published: Instant) -> Activity<String> {
    let mut activity = Activity::new("Announce", id.to_owned(), actor, post.to_owned());
    activity.published = Some(published);
    activity
}

/// A favourite.
pub fn like(id: &str, actor: &str, post: &str) -> Activity<String> {
    Activity::new("Like", id.to_owned(), actor, post.to_owned())
}

/// A block, told to the blocked person's server.
pub fn block(id: &str, actor: &str, blocked: &str) -> Activity<String> {
    Activity::new("Block", id.to_owned(), actor, blocked.to_owned())
        .addressed(vec![blocked.to_owned()], Vec::new())
}

/// A report, sent by the server's own actor so that the reporter stays unnamed.
pub fn flag(
    id: &str,
    instance_actor: &str,
    about: Vec<String>,
    comment: &str,
) -> Activity<Vec<String>> {
    let mut activity = Activity::new("Flag", id.to_owned(), instance_actor, about);
    activity.content = Some(comment.to_owned());
    activity
}

/// A move to another account.
pub fn move_to(id: &str, actor: &str, target: &str) -> Activity<String> {
    let mut activity = Activity::new("Move", id.to_owned(), actor, actor.to_owned());
    activity.target = Some(target.to_owned());
    activity
}

/// A post pinned to the featured collection.
pub fn add(actor: &str, post: &str, collection: &str) -> Activity<String> {
    collected("Add", actor, post, collection)
}

/// A post unpinned from the featured collection.
pub fn remove(actor: &str, post: &str, collection: &str) -> Activity<String> {
    collected("Remove", actor, post, collection)
}

fn collected(kind: &'static str, actor: &str, post: &str, collection: &str) -> Activity<String> {
    let mut activity = Activity::new(kind, String::new(), actor, post.to_owned());
    activity.id = None;
    activity.target = Some(collection.to_owned());
    activity
}
