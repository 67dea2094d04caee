//! What a peer says of an account of its own.

use model::{AccountId, ActorType, Domain, Emoji, Handle, ProfileField};
use text::SafeHtml;
use time::OffsetDateTime;
use url::Url;

use super::find::is_ours;
use crate::{App, Error, Result};

/// An actor document, already read, checked and cleaned by the federation edge.
#[derive(Clone, Debug)]
pub struct RemoteAccount {
    /// ActivityPub id.
    pub uri: String,
    /// Profile page.
    pub url: String,
    /// Handle, confirmed by WebFinger in both directions (S16); always with a domain.
    pub handle: Handle,
    /// What kind of actor.
    pub actor_type: ActorType,
    /// Where it takes deliveries.
    pub inbox_url: String,
    /// The inbox its server shares.
    pub shared_inbox_url: Option<String>,
    /// Its posts.
    pub outbox_url: Option<String>,
    /// Who follows it.
    pub followers_url: Option<String>,
    /// Whom it follows.
    pub following_url: Option<String>,
    /// What it has pinned.
    pub featured_url: Option<String>,
    /// Plain text.
    pub display_name: String,
    /// Biography.
    pub note: SafeHtml,
    /// Rows of the profile's table.
    pub fields: Vec<ProfileField>,
    /// Custom emoji in the texts.
    pub emojis: Vec<Emoji>,
    /// Follows wait for approval.
    pub locked: bool,
    /// Wants to be found in directories.
    pub discoverable: Option<bool>,
    /// Public posts may be found by full-text search.
    pub indexable: bool,
    /// Belongs to somebody who has died.
    pub memorial: bool,
    /// Its own server has suspended it.
    pub suspended: bool,
    /// Picture.
    pub avatar_url: Option<String>,
    /// What the picture shows.
    pub avatar_description: String,
    /// Header picture.
    pub header_url: Option<String>,
    /// What the header shows.
    pub header_description: String,
    /// Other ids of the same person.
    pub also_known_as: Vec<String>,
    /// Since when it exists.
    pub published: Option<OffsetDateTime>,
    /// Key ids with their PEM.
    pub keys: Vec<(String, String)>,
    /// Claimed total; `None` leaves what is stored.
    pub followers_count: Option<i64>,
    /// Claimed total; `None` leaves what is stored.
    pub following_count: Option<i64>,
    /// Claimed total; `None` leaves what is stored.
    pub statuses_count: Option<i64>,
    /// Hides whom it follows and who follows it.
    pub hides_collections: bool,
}

/// Stores or refreshes a remote account, found by its id; fifty at once give one row (S17).
///
/// An account that carried the same, now proved, handle under another id loses it. One of ours can
/// never be stored as remote.
pub async fn receive(app: &App, account: RemoteAccount) -> Result<AccountId> {
    let domain = account.handle.domain.clone();
    let Some(domain) = domain.filter(|domain| !is_ours(app, domain) && !is_here(app, &account.uri))
    else {
        return Err(Error::Forbidden(
            "an account of ours cannot come from elsewhere".into(),
        ));
    };
    let now = app.clock.now();
    let keys = account.keys.clone();
    let row = row_of(account);
    let mut tx = app.db.begin().await?;
    db::peers::remember(&mut tx, &domain, now).await?;
    db::accounts::lock_handle(&mut tx, &row.handle).await?;
    db::accounts::rename_aside(&mut tx, &row.handle, &row.uri).await?;
    let id = db::accounts::receive(&mut tx, &row, now).await?;
    db::accounts::replace_keys(&mut tx, id, &keys, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Whether an id lies on a host of ours, however it is written.
fn is_here(app: &App, uri: &str) -> bool {
    let Ok(uri) = Url::parse(uri) else {
        return false;
    };
    let Some(host) = uri.host_str() else {
        return false;
    };
    let with_port = uri.port().map(|port| format!("{host}:{port}"));
    [Some(host.to_owned()), with_port]
        .into_iter()
        .flatten()
        .filter_map(|name| Domain::parse(&name).ok())
        .any(|domain| is_ours(app, &domain))
}

/// A peer says that an account of its own is gone: the account, its statuses and relations go.
pub async fn receive_deletion(app: &App, id: AccountId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let account = db::accounts::by_id(&mut tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    if account.is_local() {
        return Err(Error::Forbidden(
            "a peer cannot remove an account of ours".into(),
        ));
    }
    db::accounts::remove(&mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}

fn row_of(account: RemoteAccount) -> db::accounts::RemoteAccountRow {
    db::accounts::RemoteAccountRow {
        uri: account.uri,
        url: account.url,
        handle: account.handle,
        actor_type: account.actor_type,
        inbox_url: account.inbox_url,
        shared_inbox_url: account.shared_inbox_url,
        outbox_url: account.outbox_url,
        followers_url: account.followers_url,
        following_url: account.following_url,
        featured_url: account.featured_url,
        display_name: account.display_name,
        note: account.note,
        fields: account.fields,
        emojis: account.emojis,
        locked: account.locked,
        discoverable: account.discoverable,
        indexable: account.indexable,
        memorial: account.memorial,
        suspended: account.suspended,
        avatar_url: account.avatar_url,
        avatar_description: account.avatar_description,
        header_url: account.header_url,
        header_description: account.header_description,
        also_known_as: account.also_known_as,
        published: account.published,
        followers_count: account.followers_count,
        following_count: account.following_count,
        statuses_count: account.statuses_count,
        hides_collections: account.hides_collections,
    }
}
