//! What has to happen after an operation: job payloads, enqueued in the operation's own transaction.
//!
//! Each is a small set of ids, loaded afresh when it runs, and safe to run twice. The federation edge
//! handles those that tell peers; this crate handles the rest. What members do comes first, then what is
//! carried to peers, then what is fetched for later.

use jobs::{Job, Priority};
use model::{AccountId, StatusId};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use url::Url;

use crate::{Error, Result};

/// Enqueues a consequence in the transaction of its cause.
pub(crate) async fn enqueue(connection: &mut PgConnection, job: &impl Job) -> Result<()> {
    jobs::enqueue(connection, job)
        .await
        .map(drop)
        .map_err(from_queue)
}

/// Enqueues several of one kind.
pub(crate) async fn enqueue_many(connection: &mut PgConnection, jobs: &[impl Job]) -> Result<()> {
    jobs::enqueue_many(connection, jobs)
        .await
        .map(drop)
        .map_err(from_queue)
}

fn from_queue(error: jobs::Error) -> Error {
    match error {
        jobs::Error::Database(cause) => Error::from(cause),
        other @ jobs::Error::Payload { .. } => Error::internal(other),
    }
}

/// A post or boost of a member goes to peers: Create or Announce.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Publish {
    /// The post or boost.
    pub status_id: StatusId,
}

impl Job for Publish {
    const KIND: &'static str = "publish";
    const PRIORITY: Priority = Priority::URGENT;

    fn dedup_key(&self) -> Option<String> {
        Some(self.status_id.to_string())
    }
}

/// An edit of a member's post goes to peers: Update. Without a dedup key: an edit made while an earlier one
/// is being told must be told too.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublishEdit {
    /// The post.
    pub status_id: StatusId,
}

impl Job for PublishEdit {
    const KIND: &'static str = "publish_edit";
    const PRIORITY: Priority = Priority::URGENT;
}

/// A member's post or boost is gone: Delete or Undo(Announce) to peers, then the row goes for good.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Retract {
    /// The post or boost, marked as deleted.
    pub status_id: StatusId,
}

impl Job for Retract {
    const KIND: &'static str = "retract";
    const PRIORITY: Priority = Priority::URGENT;

    fn dedup_key(&self) -> Option<String> {
        Some(self.status_id.to_string())
    }
}

/// A member's profile changed: Update of the actor.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublishProfile {
    /// The member.
    pub account_id: AccountId,
}

impl Job for PublishProfile {
    const KIND: &'static str = "publish_profile";
}

/// A member's account is deleted: Delete of the actor, to everybody who may ever have heard of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublishDeletion {
    /// The account, of which only the row is left.
    pub account_id: AccountId,
}

impl Job for PublishDeletion {
    const KIND: &'static str = "publish_deletion";

    fn dedup_key(&self) -> Option<String> {
        Some(self.account_id.to_string())
    }
}

/// A member wants to follow somebody elsewhere: Follow.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendFollow {
    /// The member.
    pub follower_id: AccountId,
    /// The account elsewhere.
    pub followee_id: AccountId,
    /// ActivityPub id of the Follow.
    pub uri: String,
}

impl Job for SendFollow {
    const KIND: &'static str = "send_follow";
    const PRIORITY: Priority = Priority::URGENT;
}

/// A member stopped following: Undo(Follow).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendUndoFollow {
    /// The member.
    pub follower_id: AccountId,
    /// The account elsewhere.
    pub followee_id: AccountId,
    /// ActivityPub id of the Follow.
    pub uri: String,
}

impl Job for SendUndoFollow {
    const KIND: &'static str = "send_undo_follow";
    const PRIORITY: Priority = Priority::URGENT;
}

/// The answer to a peer's Follow.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnswerFollow {
    /// The account elsewhere.
    pub follower_id: AccountId,
    /// The member.
    pub followee_id: AccountId,
    /// ActivityPub id of the Follow.
    pub uri: String,
    /// Which answer.
    pub answer: Answer,
}

impl Job for AnswerFollow {
    const KIND: &'static str = "answer_follow";
    const PRIORITY: Priority = Priority::URGENT;
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// ActivityPub's Accept.
    Accept,
    /// ActivityPub's Reject.
    Reject,
}

/// A measure has cut a follow: the last word to the other's server, although nothing else is exchanged with it any more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Parting {
    /// Who followed.
    pub follower_id: AccountId,
    /// Who was followed.
    pub followee_id: AccountId,
    /// ActivityPub id of the Follow.
    pub uri: String,
    /// What is said.
    pub word: PartingWord,
}

impl Job for Parting {
    const KIND: &'static str = "parting";
}

/// The last word about a follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PartingWord {
    /// A peer's account does not follow a member any more: Reject(Follow).
    Reject,
    /// A member does not follow a peer's account any more: Undo(Follow).
    Undo,
}

/// A member likes a peer's post: Like.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendLike {
    /// The member.
    pub account_id: AccountId,
    /// The post.
    pub status_id: StatusId,
    /// ActivityPub id of the Like.
    pub uri: String,
}

impl Job for SendLike {
    const KIND: &'static str = "send_like";
    const PRIORITY: Priority = Priority::URGENT;
}

/// A member does not like it any more: Undo(Like).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendUndoLike {
    /// The member.
    pub account_id: AccountId,
    /// The post.
    pub status_id: StatusId,
    /// ActivityPub id of the Like.
    pub uri: String,
}

impl Job for SendUndoLike {
    const KIND: &'static str = "send_undo_like";
    const PRIORITY: Priority = Priority::URGENT;
}

/// One document to one inbox. Its lane is the peer's host.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Deliver {
    /// The stored document.
    pub activity_id: i64,
    /// Where it goes.
    pub inbox: String,
    /// It is a last word, which goes also to those with whom nothing else is exchanged.
    #[serde(default)]
    pub parting: bool,
}

impl Job for Deliver {
    const KIND: &'static str = "deliver";

    fn lane(&self) -> Option<String> {
        lane_of(&self.inbox)
    }

    fn dedup_key(&self) -> Option<String> {
        Some(format!("{} {}", self.activity_id, self.inbox))
    }
}

/// The lane of the peer behind a URL: its host, with the port where that is not the usual one.
pub fn lane_of(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

/// What a reply answers is fetched from its server.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FetchParent {
    /// The reply.
    pub status_id: StatusId,
}

impl Job for FetchParent {
    const KIND: &'static str = "fetch_parent";
    const PRIORITY: Priority = Priority::LOW;
    // As Mastodon: a parent that cannot be had at the third try is not worth more.
    const MAX_ATTEMPTS: u16 = 3;

    fn dedup_key(&self) -> Option<String> {
        Some(self.status_id.to_string())
    }
}

/// Home entries for a large audience (handled in this crate, `surface::fan_out`).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FanOut {
    /// The post or boost.
    pub status_id: StatusId,
}

impl Job for FanOut {
    const KIND: &'static str = "fan_out";
    const PRIORITY: Priority = Priority(-50);

    fn dedup_key(&self) -> Option<String> {
        Some(self.status_id.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_is_a_host_with_its_unusual_port() {
        assert_eq!(
            lane_of("https://Mastodon.example/inbox").as_deref(),
            Some("mastodon.example")
        );
        assert_eq!(
            lane_of("http://localhost:3001/inbox").as_deref(),
            Some("localhost:3001")
        );
        assert_eq!(lane_of("nonsense"), None);
    }
}
