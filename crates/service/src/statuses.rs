//! Statuses: writing, showing, changing, removing, and reacting to them; for members and for peers.

use model::{
    Account, AccountId, ApplicationId, Emoji, Page, StatusId, Viewer, Visibility,
    status::{Attachment, StatusEdit, StatusView, TagView},
};
use text::SafeHtml;
use time::OffsetDateTime;

use crate::{App, Listed, Result};

/// What a member writes.
#[derive(Clone, Debug)]
pub struct Draft {
    pub text: String,
    pub spoiler: String,
    pub visibility: Option<Visibility>,
    pub sensitive: Option<bool>,
    pub language: Option<String>,
    pub in_reply_to: Option<StatusId>,
    pub application_id: Option<ApplicationId>,
    pub idempotency_key: Option<String>,
}
/// Writes a post. The same key within an hour gives the same post.
pub async fn create(app: &App, author: AccountId, draft: Draft) -> Result<StatusView> {
    todo!()
}
pub async fn get(app: &App, viewer: Viewer, id: StatusId) -> Result<StatusView> {
    todo!()
}
/// Several; what the viewer may not see is left out; in the order asked.
pub async fn many(app: &App, viewer: Viewer, ids: &[StatusId]) -> Result<Vec<StatusView>> {
    todo!()
}
pub struct Thread {
    pub ancestors: Vec<StatusView>,
    pub descendants: Vec<StatusView>,
}
/// The thread around a status; limits for anybody are 40 up, 60 down, 20 deep; 4096 each for members.
pub async fn context(app: &App, viewer: Viewer, id: StatusId) -> Result<Thread> {
    todo!()
}
#[derive(Clone, Debug)]
pub struct Edit {
    pub text: String,
    pub spoiler: String,
    pub sensitive: Option<bool>,
    pub language: Option<String>,
}
pub async fn edit(app: &App, author: AccountId, id: StatusId, edit: Edit) -> Result<StatusView> {
    todo!()
}
/// Removes an own post; returns it as it was (with its source).
pub async fn delete(app: &App, author: AccountId, id: StatusId) -> Result<StatusView> {
    todo!()
}
/// All versions, oldest first, the present one last.
pub async fn history(
    app: &App,
    viewer: Viewer,
    id: StatusId,
) -> Result<(Account, Vec<StatusEdit>)> {
    todo!()
}
pub async fn favourite(app: &App, by: AccountId, id: StatusId) -> Result<StatusView> {
    todo!()
}
pub async fn unfavourite(app: &App, by: AccountId, id: StatusId) -> Result<StatusView> {
    todo!()
}
/// The boost itself (its `boost_of` is the post). Twice gives the same boost.
pub async fn boost(
    app: &App,
    by: AccountId,
    id: StatusId,
    visibility: Option<Visibility>,
) -> Result<StatusView> {
    todo!()
}
/// The post, without the boost.
pub async fn unboost(app: &App, by: AccountId, id: StatusId) -> Result<StatusView> {
    todo!()
}
pub async fn bookmark(app: &App, by: AccountId, id: StatusId) -> Result<StatusView> {
    todo!()
}
pub async fn unbookmark(app: &App, by: AccountId, id: StatusId) -> Result<StatusView> {
    todo!()
}
pub async fn favourited_by(
    app: &App,
    viewer: Viewer,
    id: StatusId,
    page: Page,
) -> Result<Vec<Listed<Account>>> {
    todo!()
}
pub async fn boosted_by(
    app: &App,
    viewer: Viewer,
    id: StatusId,
    page: Page,
) -> Result<Vec<Listed<Account>>> {
    todo!()
}
pub async fn favourites(app: &App, of: AccountId, page: Page) -> Result<Vec<Listed<StatusView>>> {
    todo!()
}
pub async fn bookmarks(app: &App, of: AccountId, page: Page) -> Result<Vec<Listed<StatusView>>> {
    todo!()
}

/// A post of a peer, already read, checked and cleaned by the federation edge.
#[derive(Clone, Debug)]
pub struct RemotePost {
    pub uri: String,
    pub url: String,
    pub author: AccountId,
    pub content: SafeHtml,
    pub title: Option<String>,
    pub spoiler: String,
    pub visibility: Visibility,
    pub sensitive: bool,
    pub language: Option<String>,
    pub published: Option<OffsetDateTime>,
    pub updated: Option<OffsetDateTime>,
    pub in_reply_to_uri: Option<String>,
    pub conversation_uri: Option<String>,
    pub emojis: Vec<Emoji>,
    pub tags: Vec<TagView>,
    pub attachments: Vec<Attachment>,
    /// Mentioned (notified when also addressed), and silently addressed.
    pub mentions: Vec<RemoteMention>,
    /// Totals the origin claims.
    pub favourites_count: Option<i64>,
    pub boosts_count: Option<i64>,
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemoteMention {
    pub account_id: AccountId,
    pub silent: bool,
    pub addressed: bool,
}
/// How a post came to us: pushed ones must be of relevance to somebody here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /** Delivered to the shared inbox, or to this member's own. */
    Pushed { inbox_owner: Option<AccountId> },
    /** We asked for it. */
    Fetched,
}
/// What became of a post of a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    New(StatusId),
    AlreadyKnown(StatusId),
    /** It was deleted before. */
    Tombstoned,
    /** Nobody here follows, is answered or addressed. */
    Irrelevant,
    /** The id belongs to somebody else's post. */
    NotOwner,
}
/// Stores a post of a peer and lets it surface.
pub async fn receive(app: &App, post: RemotePost, arrival: Arrival) -> Result<Received> {
    todo!()
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceivedEdit {
    Edited(StatusId),
    /** Only totals and the like. */
    Refreshed(StatusId),
    Stale,
    Unknown,
    NotOwner,
}
/// Changes a known post of a peer: an edit when `updated` is newer than what is stored, totals only when it is absent or equal.
pub async fn receive_edit(app: &App, post: RemotePost) -> Result<ReceivedEdit> {
    todo!()
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceivedDelete {
    Deleted,
    /** Remembered for six hours. */
    Unknown,
    NotOwner,
}
/// A peer's account deletes its post (or its boost) by id.
pub async fn receive_delete(app: &App, by: AccountId, uri: &str) -> Result<ReceivedDelete> {
    todo!()
}
/// A peer's account boosts a known status. `None`: it may not (not public, and not its own) or it was undone before.
pub async fn receive_boost(
    app: &App,
    by: AccountId,
    of: StatusId,
    uri: &str,
    visibility: Visibility,
    published: Option<OffsetDateTime>,
) -> Result<Option<StatusId>> {
    todo!()
}
/// Undoes a boost by its id, or by what it boosts.
pub async fn receive_unboost(app: &App, by: AccountId, which: Undone<'_>) -> Result<bool> {
    todo!()
}
/// A peer's account likes a local status it may see. False: it may not, or the Like was undone before.
pub async fn receive_favourite(app: &App, by: AccountId, of: StatusId, uri: &str) -> Result<bool> {
    todo!()
}
pub async fn receive_unfavourite(app: &App, by: AccountId, which: Undone<'_>) -> Result<bool> {
    todo!()
}
#[derive(Clone, Copy, Debug)]
pub enum Undone<'a> {
    Uri(&'a str),
    Of(StatusId),
}
/// Remembers for six hours that an id was undone or deleted before it arrived.
pub async fn remember_gone(app: &App, uri: &str) -> Result<()> {
    todo!()
}
pub async fn is_gone(app: &App, uri: &str) -> Result<bool> {
    todo!()
}
/// By ActivityPub id, ours or a peer's, whoever may see it; for the federation edge.
pub async fn find_by_uri(app: &App, uri: &str) -> Result<Option<StatusId>> {
    todo!()
}
/// With everything, whoever may see it; for making documents. Deleted ones too (for their Delete).
pub async fn load(app: &App, id: StatusId) -> Result<Option<StatusView>> {
    todo!()
}
/// Ties replies that waited for `parent` to it, and finds what is still missing.
pub async fn attach_replies(app: &App, parent: StatusId) -> Result<()> {
    todo!()
}
/// Removes the row of a deleted status once peers have been told.
pub async fn purge(app: &App, id: StatusId) -> Result<()> {
    todo!()
}
/// Public and unlisted posts and boosts of an account for its outbox, newest first.
pub async fn outbox(
    app: &App,
    author: AccountId,
    viewer: Viewer,
    page: Page,
) -> Result<Vec<StatusView>> {
    todo!()
}
/// People addressed by a status: (mentioned accounts, silent ones included).
pub async fn addressed(app: &App, id: StatusId) -> Result<Vec<AccountId>> {
    todo!()
}
