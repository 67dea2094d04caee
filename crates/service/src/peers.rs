//! Other servers: what this one has decided about them, and whether they can be reached.

use model::{AccountId, Domain, StatusId};

use crate::{App, Result};

/// What this server has decided about a domain; the longest matching suffix wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    pub suspended: bool,
    pub silenced: bool,
    pub rejects_media: bool,
    pub rejects_reports: bool,
}
pub async fn policy(app: &App, domain: &Domain) -> Result<Policy> {
    todo!()
}
/// A delivery failed. Returns true when the peer was given up by it (failures on seven distinct days).
pub async fn delivery_failed(app: &App, domain: &Domain) -> Result<bool> {
    todo!()
}
pub async fn delivery_succeeded(app: &App, domain: &Domain) -> Result<()> {
    todo!()
}
/// A signed request of the peer arrived: clears its marks. Returns true when it had been given up (wake its lane then). Costs nothing for a peer in good standing (cached).
pub async fn heard_from(app: &App, domain: &Domain) -> Result<bool> {
    todo!()
}
pub async fn is_available(app: &App, domain: &Domain) -> Result<bool> {
    todo!()
}

/// A document on its way out.
#[derive(Clone, Debug)]
pub struct OutboundActivity {
    pub id: i64,
    pub sender: AccountId,
    pub body: String,
    pub digest: String,
}
/// Stores a document and enqueues one delivery per inbox, in one transaction.
pub async fn send(
    app: &App,
    sender: AccountId,
    body: String,
    digest: String,
    inboxes: &[String],
) -> Result<()> {
    todo!()
}
pub async fn outbound(app: &App, id: i64) -> Result<Option<OutboundActivity>> {
    todo!()
}
/// Inboxes (shared ones preferred; unique; available peers only) of the remote followers of an account.
pub async fn follower_inboxes(app: &App, of: AccountId) -> Result<Vec<String>> {
    todo!()
}
/// Inboxes (shared preferred) of these remote accounts.
pub async fn inboxes_of(app: &App, accounts: &[AccountId]) -> Result<Vec<String>> {
    todo!()
}
/// Remote people who boosted, favourited or answered a status; they hear of edits and deletion too.
pub async fn interested_in(app: &App, status: StatusId) -> Result<Vec<AccountId>> {
    todo!()
}
