//! Who follows whom.

use model::{Account, AccountId, Page, relationship::Relationship};

use crate::{App, Listed, Result};

/// What `viewer` and each of `others` are to each other; unknown ids are left out.
pub async fn of(app: &App, viewer: AccountId, others: &[AccountId]) -> Result<Vec<Relationship>> {
    todo!()
}
/// What to change of how somebody is followed; `None` leaves it (or takes the default for a new follow).
#[derive(Clone, Debug, Default)]
pub struct FollowChange {
    pub shows_boosts: Option<bool>,
    pub notifies: Option<bool>,
    pub languages: Option<Vec<String>>,
}
/// A member follows somebody: at once for an unlocked local account, else by a request (sent to the peer for a remote one).
pub async fn follow(
    app: &App,
    follower: AccountId,
    followee: AccountId,
    change: FollowChange,
) -> Result<Relationship> {
    todo!()
}
/// A member stops following, or takes the request back.
pub async fn unfollow(app: &App, follower: AccountId, followee: AccountId) -> Result<Relationship> {
    todo!()
}
/// A member removes a follower.
pub async fn remove_follower(
    app: &App,
    followee: AccountId,
    follower: AccountId,
) -> Result<Relationship> {
    todo!()
}
/// Requests to follow a member.
pub async fn requests(app: &App, followee: AccountId, page: Page) -> Result<Vec<Listed<Account>>> {
    todo!()
}
pub async fn accept_request(
    app: &App,
    followee: AccountId,
    follower: AccountId,
) -> Result<Relationship> {
    todo!()
}
pub async fn reject_request(
    app: &App,
    followee: AccountId,
    follower: AccountId,
) -> Result<Relationship> {
    todo!()
}

/// What became of a peer's Follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceivedFollow {
    /** Followed; an Accept is on its way. */
    Accepted,
    /** Waits for the member. */
    Pending,
    /** A Reject is on its way. */
    Rejected,
}
/// A peer's account asks to follow a member. `uri` is the Follow's id (made up when it has none). Locked member or limited actor → pending; blocked, moved or instance actor → rejected.
pub async fn receive_follow(
    app: &App,
    follower: AccountId,
    followee: AccountId,
    uri: &str,
) -> Result<ReceivedFollow> {
    todo!()
}
/// A peer's account stops following (or takes its request back). Says whether there was anything to undo.
pub async fn receive_undo_follow(
    app: &App,
    follower: AccountId,
    followee: AccountId,
) -> Result<bool> {
    todo!()
}
/// `followee` (remote) accepts a request of a member. By the Follow's id if given, else by pair. False: there was none for this followee (S11).
pub async fn receive_accept(
    app: &App,
    followee: AccountId,
    which: AnsweredFollow<'_>,
) -> Result<bool> {
    todo!()
}
/// `followee` (remote) refuses, or ends a follow that was accepted.
pub async fn receive_reject(
    app: &App,
    followee: AccountId,
    which: AnsweredFollow<'_>,
) -> Result<bool> {
    todo!()
}
/// Which Follow an answer is about.
#[derive(Clone, Copy, Debug)]
pub enum AnsweredFollow<'a> {
    Uri(&'a str),
    From(AccountId),
}
/// Who follows whom under this Follow id: (follower, followee), accepted or pending.
pub async fn find_by_uri(app: &App, uri: &str) -> Result<Option<(AccountId, AccountId)>> {
    todo!()
}
/// A peer's account blocks a member: both follows end.
pub async fn receive_block(
    app: &App,
    blocker: AccountId,
    blocked: AccountId,
    uri: &str,
) -> Result<()> {
    todo!()
}
pub async fn receive_undo_block(app: &App, blocker: AccountId, blocked: AccountId) -> Result<bool> {
    todo!()
}
/// Who has blocked whom under this Block id.
pub async fn find_block_by_uri(app: &App, uri: &str) -> Result<Option<(AccountId, AccountId)>> {
    todo!()
}
