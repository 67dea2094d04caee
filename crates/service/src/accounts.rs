//! Accounts: looking them up, listing what belongs to them, changing one's own profile; and what peers say of theirs.

use model::{
    Account, AccountId, ActorType, Emoji, Handle, Page, ProfileField, Viewer, Visibility,
    status::StatusView,
};
use text::SafeHtml;
use time::OffsetDateTime;

use crate::{App, Listed, Result};

/// One account, whoever asks. Suspended ones are found too; they are shown without content.
pub async fn get(app: &App, id: AccountId) -> Result<Account> {
    todo!()
}
/// Several; ids that name nobody are left out; in the order asked.
pub async fn many(app: &App, ids: &[AccountId]) -> Result<Vec<Account>> {
    todo!()
}
/// By handle; asks no other server. A domain that is ours (or an alternate one) means a member.
pub async fn lookup(app: &App, handle: &Handle) -> Result<Account> {
    todo!()
}
/// By ActivityPub id; asks no other server.
pub async fn find_by_uri(app: &App, uri: &str) -> Result<Option<Account>> {
    todo!()
}
/// Which of an account's statuses are wanted.
#[derive(Clone, Debug)]
pub struct StatusFilter {
    pub page: Page,
    pub excludes_replies: bool,
    pub excludes_boosts: bool,
    pub only_media: bool,
    pub only_pinned: bool,
    pub tag: Option<String>,
}
/// An account's statuses, as far as the viewer may see them.
pub async fn statuses(
    app: &App,
    viewer: Viewer,
    id: AccountId,
    filter: &StatusFilter,
) -> Result<Vec<StatusView>> {
    todo!()
}
/// Who follows an account (empty when it hides that, unless the viewer is it).
pub async fn followers(
    app: &App,
    viewer: Viewer,
    id: AccountId,
    page: Page,
) -> Result<Vec<Listed<Account>>> {
    todo!()
}
/// Whom an account follows.
pub async fn following(
    app: &App,
    viewer: Viewer,
    id: AccountId,
    page: Page,
) -> Result<Vec<Listed<Account>>> {
    todo!()
}

/// What a member changes of the own profile; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub struct ProfileChange {
    pub display_name: Option<String>,
    pub note: Option<String>,
    pub fields: Option<Vec<(String, String)>>,
    pub locked: Option<bool>,
    pub bot: Option<bool>,
    pub discoverable: Option<bool>,
    pub indexable: Option<bool>,
    pub hides_collections: Option<bool>,
    pub default_visibility: Option<Visibility>,
    pub default_sensitive: Option<bool>,
    pub default_language: Option<Option<String>>,
}
/// Changes a member's profile and tells peers.
pub async fn update_profile(
    app: &App,
    id: AccountId,
    change: ProfileChange,
) -> Result<model::member::Member> {
    todo!()
}

/// What a peer's actor document says, already read and checked by the federation edge.
#[derive(Clone, Debug)]
pub struct RemoteAccount {
    pub uri: String,
    pub url: String,
    pub handle: Handle,
    pub actor_type: ActorType,
    pub inbox_url: String,
    pub shared_inbox_url: Option<String>,
    pub outbox_url: Option<String>,
    pub followers_url: Option<String>,
    pub following_url: Option<String>,
    pub featured_url: Option<String>,
    pub display_name: String,
    pub note: SafeHtml,
    pub fields: Vec<ProfileField>,
    pub emojis: Vec<Emoji>,
    pub locked: bool,
    pub discoverable: Option<bool>,
    pub indexable: bool,
    pub memorial: bool,
    pub suspended: bool,
    pub avatar_url: Option<String>,
    pub avatar_description: String,
    pub header_url: Option<String>,
    pub header_description: String,
    pub also_known_as: Vec<String>,
    pub published: Option<OffsetDateTime>,
    /// (key id, PEM)
    pub keys: Vec<(String, String)>,
    /// Totals that the peer claims; `None` when it does not say.
    pub followers_count: Option<i64>,
    pub following_count: Option<i64>,
    pub statuses_count: Option<i64>,
}
/// Stores or refreshes a remote account (upsert by uri; 50 at once give one row, S17). Handles the same verified handle under a new uri, and renames (federation.md 1.4).
pub async fn receive(app: &App, account: RemoteAccount) -> Result<AccountId> {
    todo!()
}
/// A peer says the account is gone: account, statuses and relations go.
pub async fn receive_deletion(app: &App, id: AccountId) -> Result<()> {
    todo!()
}

/// A public key with its owner, for verifying signatures.
#[derive(Clone, Debug)]
pub struct KnownKey {
    pub key_id: String,
    pub pem: String,
    pub owner: AccountId,
    pub owner_uri: String,
    pub owner_is_suspended: bool,
    pub owner_is_local: bool,
    pub fetched_at: OffsetDateTime,
}
/// The key a signature names, if it is known.
pub async fn find_key(app: &App, key_id: &str) -> Result<Option<KnownKey>> {
    todo!()
}
/// PKCS#8 DER of one of our own actors, opened with the master key.
pub async fn private_key(app: &App, id: AccountId) -> Result<Vec<u8>> {
    todo!()
}
/// Addresses of one remote account, for delivery: (inbox, shared inbox).
pub async fn inbox_of(app: &App, id: AccountId) -> Result<(String, Option<String>)> {
    todo!()
}
