//! What a peer says of an account of its own.

pub use model::account::RemoteAccount;
use model::{AccountId, Domain};
use url::Url;

use super::find::is_ours;
use crate::{App, Error, Result};

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
    let mut tx = app.db.begin().await?;
    db::peers::remember(&mut tx, &domain, now).await?;
    db::accounts::lock_handle(&mut tx, &account.handle).await?;
    db::accounts::rename_aside(&mut tx, &account.handle, &account.uri).await?;
    let id = db::accounts::receive(&mut tx, &account, now).await?;
    db::accounts::replace_keys(&mut tx, id, &account.keys, now).await?;
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

/// A peer says that an account of its own is gone: the account, its statuses and relations go. Of one that carries a measure the
/// empty row stays: else it would come back without it (S65).
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
    if db::moderation::effects::keep_account(&mut tx, id).await? {
        tx.commit().await?;
        return super::erase_remote::empty(app, id).await;
    }
    db::accounts::remove(&mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}
