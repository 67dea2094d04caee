//! What has to happen after an operation: job payloads, enqueued in the operation's own transaction.
//!
//! Each is a small set of ids, loaded afresh when it runs, and safe to run twice. The federation edge
//! handles those that tell peers; this crate handles the rest. (Each implements `jobs::Job`; lane = peer host for `Deliver`.)

use model::{AccountId, StatusId};
use serde::{Deserialize, Serialize};

/// A post or boost of a member goes to peers: Create or Announce.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Publish {
    pub status_id: StatusId,
}
/// An edit of a member's post goes to peers: Update.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublishEdit {
    pub status_id: StatusId,
}
/// A member's post or boost is gone: Delete or Undo(Announce) to peers, then `statuses::purge`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Retract {
    pub status_id: StatusId,
}
/// A member's profile changed: Update of the actor.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublishProfile {
    pub account_id: AccountId,
}
/// A member wants to follow somebody elsewhere: Follow.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendFollow {
    pub follower_id: AccountId,
    pub followee_id: AccountId,
    pub uri: String,
}
/// A member stopped following: Undo(Follow).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendUndoFollow {
    pub follower_id: AccountId,
    pub followee_id: AccountId,
    pub uri: String,
}
/// The answer to a peer's Follow: Accept or Reject.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnswerFollow {
    pub follower_id: AccountId,
    pub followee_id: AccountId,
    pub uri: String,
    pub answer: Answer,
}
/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    Accept,
    Reject,
}
/// A member likes a peer's post: Like.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendLike {
    pub account_id: AccountId,
    pub status_id: StatusId,
    pub uri: String,
}
/// A member does not like it any more: Undo(Like).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendUndoLike {
    pub account_id: AccountId,
    pub status_id: StatusId,
    pub uri: String,
}
/// One document to one inbox. Lane: the peer's host.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Deliver {
    pub activity_id: i64,
    pub inbox: String,
}
/// A reply's parent (or an account's data) is fetched from its server.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FetchParent {
    pub status_id: StatusId,
}
/// Home entries for a large audience (handled in this crate).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FanOut {
    pub status_id: StatusId,
}
