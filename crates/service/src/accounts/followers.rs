//! Who follows an account and whom it follows, as far as it shows that.

use std::collections::HashMap;

use model::{Account, AccountId, Page, Viewer};

use crate::{App, Error, Listed, Result};

/// Who follows an account. Empty when it hides that, unless the viewer is it.
pub async fn followers(
    app: &App,
    viewer: Viewer,
    id: AccountId,
    page: Page,
) -> Result<Vec<Listed<Account>>> {
    let mut connection = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut connection, id)
        .await?
        .ok_or(Error::NotFound)?;
    if !shows_collections(&account, viewer) {
        return Ok(Vec::new());
    }
    let rows = db::relationships::followers(&mut connection, id, page).await?;
    listed(&mut connection, rows).await
}

/// Whom an account follows. Empty when it hides that, unless the viewer is it.
pub async fn following(
    app: &App,
    viewer: Viewer,
    id: AccountId,
    page: Page,
) -> Result<Vec<Listed<Account>>> {
    let mut connection = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut connection, id)
        .await?
        .ok_or(Error::NotFound)?;
    if !shows_collections(&account, viewer) {
        return Ok(Vec::new());
    }
    let rows = db::relationships::following(&mut connection, id, page).await?;
    listed(&mut connection, rows).await
}

fn shows_collections(account: &Account, viewer: Viewer) -> bool {
    let is_own = viewer.account_id() == Some(account.id);
    is_own || !(account.hides_collections || account.is_suspended())
}

/// Puts accounts to the numbers of the relations that list them; one query however many.
pub(crate) async fn listed(
    connection: &mut sqlx::PgConnection,
    rows: Vec<(i64, AccountId)>,
) -> Result<Vec<Listed<Account>>> {
    let ids: Vec<AccountId> = rows.iter().map(|(_, id)| *id).collect();
    let found = db::accounts::by_ids(connection, &ids).await?;
    let mut by_id: HashMap<AccountId, Account> = found
        .into_iter()
        .map(|account| (account.id, account))
        .collect();
    Ok(rows
        .into_iter()
        .filter_map(|(cursor, id)| by_id.remove(&id).map(|item| Listed { cursor, item }))
        .filter(|listed| !listed.item.is_suspended())
        .collect())
}
