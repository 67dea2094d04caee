//! What names exactly one thing: a URL, or a handle with its domain.

use std::time::Duration;

use model::{Account, Handle, StatusId, Viewer};
use tokio::time::timeout;

use super::SearchQuery;
use crate::{App, Error, Result, accounts, members, remote::Found, statuses, urls::Ours};

/// For so long another server is asked.
const PATIENCE: Duration = Duration::from_secs(10);

/// One thing that was found. Whether a status may be seen is another question.
pub(super) enum Exact {
    Account(Box<Account>),
    Status(StatusId),
}

pub(super) fn is_url(q: &str) -> bool {
    q.starts_with("https://") || q.starts_with("http://")
}

/// What a URL names: something of ours, something that is known, or, for members who want it, what its server says.
pub(super) async fn by_url(
    app: &App,
    viewer: Viewer,
    query: &SearchQuery,
) -> Result<Option<Exact>> {
    let url = query.q.trim();
    if app.urls.is_ours(url) {
        return ours(app, url).await;
    }
    if let Some(id) = statuses::find_by_uri(app, url).await? {
        return Ok(Some(Exact::Status(id)));
    }
    if let Some(account) = accounts::find_by_uri(app, url).await? {
        return Ok(Some(account)
            .filter(|account| !account.is_suspended())
            .map(Box::new)
            .map(Exact::Account));
    }
    if !may_ask(viewer, query) {
        return Ok(None);
    }
    match timeout(PATIENCE, app.remote.by_url(app, url)).await {
        Ok(Ok(Some(Found::Status(id)))) => Ok(Some(Exact::Status(id))),
        Ok(Ok(Some(Found::Account(id)))) => Ok(Some(Exact::Account(Box::new(
            accounts::get(app, id).await?,
        )))),
        // A server that does not answer is no error of the search.
        Ok(Ok(None) | Err(_)) | Err(_) => Ok(None),
    }
}

async fn ours(app: &App, url: &str) -> Result<Option<Exact>> {
    let account = match app.urls.read(url) {
        Some(Ours::Status(_)) => {
            return Ok(statuses::find_by_uri(app, url).await?.map(Exact::Status));
        }
        Some(Ours::Account(id)) => accounts::get(app, id).await,
        Some(Ours::Username(username)) => match members::find_by_username(app, &username).await? {
            Some(member) => Ok(member.account),
            None => return Ok(None),
        },
        Some(Ours::InstanceActor) | None => return Ok(None),
    };
    match account {
        Ok(account) if account.is_local() && !account.is_suspended() => {
            Ok(Some(Exact::Account(Box::new(account))))
        }
        Ok(_) | Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Who has exactly this handle, with a domain. Without one, the search by words finds them.
pub(super) async fn by_handle(
    app: &App,
    viewer: Viewer,
    query: &SearchQuery,
) -> Result<Option<Account>> {
    let Ok(handle) = query.q.trim().parse::<Handle>() else {
        return Ok(None);
    };
    if handle.domain.is_none() {
        return Ok(None);
    }
    let found = match accounts::lookup(app, &handle).await {
        Ok(account) => Some(account),
        Err(Error::NotFound) => None,
        Err(error) => return Err(error),
    };
    let found = match found {
        None if may_ask(viewer, query) && !query.following => {
            match timeout(PATIENCE, app.remote.account_by_handle(app, &handle)).await {
                Ok(Ok(Some(id))) => Some(accounts::get(app, id).await?),
                Ok(Ok(None) | Err(_)) | Err(_) => None,
            }
        }
        found => found,
    };
    let Some(account) = found.filter(|account| !account.is_suspended()) else {
        return Ok(None);
    };
    if query.following && !is_followed(app, viewer, &account).await? {
        return Ok(None);
    }
    Ok(Some(account))
}

/// Only members make us ask other servers.
fn may_ask(viewer: Viewer, query: &SearchQuery) -> bool {
    query.resolve && viewer != Viewer::Anybody
}

async fn is_followed(app: &App, viewer: Viewer, account: &Account) -> Result<bool> {
    let Some(viewer) = viewer.account_id() else {
        return Ok(false);
    };
    let relationships = crate::relationships::of(app, viewer, &[account.id]).await?;
    Ok(relationships
        .iter()
        .any(|relationship| relationship.following.is_some()))
}
