//! Finding an account. None of these asks another server.

use std::collections::HashMap;

use model::{
    Account, AccountId, Domain, Handle,
    account::{Card, Named},
};

use crate::{App, Error, Result};

/// One account, whoever asks. Suspended ones are found too; they are shown without content.
pub async fn get(app: &App, id: AccountId) -> Result<Account> {
    let mut connection = app.db.acquire().await?;
    db::accounts::by_id(&mut connection, id)
        .await?
        .ok_or(Error::NotFound)
}

/// Several, in the order asked; ids that name nobody are left out.
pub async fn many(app: &App, ids: &[AccountId]) -> Result<Vec<Account>> {
    let mut connection = app.db.acquire().await?;
    let found = db::accounts::by_ids(&mut connection, ids).await?;
    let mut by_id: HashMap<AccountId, Account> = found
        .into_iter()
        .map(|account| (account.id, account))
        .collect();
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
}

/// By handle. A domain that is ours, or an alternate one, means a member.
pub async fn lookup(app: &App, handle: &Handle) -> Result<Account> {
    let handle = Handle {
        username: handle.username.clone(),
        domain: handle.domain.clone().filter(|domain| !is_ours(app, domain)),
    };
    let mut connection = app.db.acquire().await?;
    db::accounts::by_handle(&mut connection, &handle)
        .await?
        .ok_or(Error::NotFound)
}

/// By ActivityPub id.
pub async fn find_by_uri(app: &App, uri: &str) -> Result<Option<Account>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::accounts::by_uri(&mut connection, uri).await?)
}

/// Where a member is to be found: all that a document needs to know, if it was made before.
pub async fn card(app: &App, named: &Named) -> Result<Option<Card>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::accounts::card(&mut connection, named).await?)
}

/// Where a remote account takes deliveries: its own inbox, and the one its server shares.
pub async fn inbox_of(app: &App, id: AccountId) -> Result<(String, Option<String>)> {
    let mut connection = app.db.acquire().await?;
    db::accounts::inbox_of(&mut connection, id)
        .await?
        .ok_or(Error::NotFound)
}

/// The collection of a remote account's followers: its address in a post means "followers only".
pub async fn followers_url(app: &App, id: AccountId) -> Result<Option<String>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::accounts::followers_url(&mut connection, id).await?)
}

/// Whether a domain names this server.
pub(crate) fn is_ours(app: &App, domain: &Domain) -> bool {
    let settings = &app.settings;
    *domain == settings.local_domain
        || *domain == settings.web_domain
        || settings.alternate_domains.contains(domain)
}
