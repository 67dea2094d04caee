//! Finding people and posts on other servers, and storing what was found.

pub(crate) mod actor;
mod handle;
pub(crate) mod post;
pub(crate) mod status;
mod url;

use activitypub::webfinger::Acct;
use futures_util::future::BoxFuture;
use model::account::INSTANCE_ACTOR;
use model::{Account, AccountId, Handle, StatusId};
use service::remote::{Found, RemoteLookup};
use service::urls::Ours;
use service::{App, accounts, statuses};

use crate::edge::{Edge, State};
use crate::run::Run;
use crate::webfinger;

impl RemoteLookup for Edge {
    fn account_by_handle<'a>(
        &'a self,
        app: &'a App,
        handle: &'a Handle,
    ) -> BoxFuture<'a, service::Result<Option<AccountId>>> {
        Box::pin(async move { handle::resolve(&Run::new(app, self), handle).await })
    }

    fn by_url<'a>(
        &'a self,
        app: &'a App,
        url: &'a str,
    ) -> BoxFuture<'a, service::Result<Option<Found>>> {
        Box::pin(async move {
            let found = url::resolve(&Run::new(app, self), url).await?;
            Ok(found
                .inspect_err(|code| tracing::info!(url, code, "a URL could not be read"))
                .ok())
        })
    }
}

/// Asks again what an address names, known or not, and stores it; otherwise the short word for why not.
pub async fn refresh(state: &State, url: &str) -> service::Result<Result<Found, &'static str>> {
    url::dereference(&Run::new(&state.app, &state.edge), url).await
}

/// Asks who owns a key, and stores them; otherwise the short word for why not.
pub async fn owner_of_key(state: &State, key_id: &str) -> Result<AccountId, &'static str> {
    crate::keys::fetch_owner(&Run::new(&state.app, &state.edge), key_id)
        .await
        .map_err(|error| error.code())
}

/// Asks who a handle is: the handle as its own server writes it, and the actor's id; otherwise the short word for
/// why not.
pub async fn look_up(state: &State, acct: &Acct) -> Result<(Acct, String), &'static str> {
    let run = Run::new(&state.app, &state.edge);
    let confirmed = webfinger::look_up(&run, acct)
        .await
        .map_err(|error| error.code())?;
    Ok((confirmed.acct, confirmed.actor))
}

/// Somebody known by id; members also by any other of our URLs that names them.
pub(crate) async fn find_account(app: &App, uri: &str) -> service::Result<Option<Account>> {
    match find_local_account(app, uri).await? {
        Some(account) => Ok(Some(account)),
        None => accounts::find_by_uri(app, uri).await,
    }
}

/// A member by one of our URLs.
pub(crate) async fn find_local_account(app: &App, uri: &str) -> service::Result<Option<Account>> {
    let found = match app.urls.read(uri) {
        Some(Ours::Account(id)) => accounts::get(app, id).await,
        Some(Ours::InstanceActor) => accounts::get(app, INSTANCE_ACTOR).await,
        Some(Ours::Username(username)) => {
            accounts::lookup(
                app,
                &Handle {
                    username,
                    domain: None,
                },
            )
            .await
        }
        _ => return Ok(None),
    };
    match found {
        Ok(account) if account.is_local() => Ok(Some(account)),
        Ok(_) | Err(service::Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A status of ours by its id.
pub(crate) async fn find_local_status(app: &App, uri: &str) -> service::Result<Option<StatusId>> {
    if app.urls.is_ours(uri) {
        statuses::find_by_uri(app, uri).await
    } else {
        Ok(None)
    }
}
