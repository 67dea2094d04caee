//! Finding members.

use model::{AccountId, Handle, Username, member::Member};

use crate::{App, Error, Result};

/// The member behind an account.
pub async fn get(app: &App, id: AccountId) -> Result<Member> {
    let mut connection = app.db.acquire().await?;
    db::members::find(&mut connection, id)
        .await?
        .ok_or(Error::NotFound)
}

/// By name, whatever the case.
pub async fn find_by_username(app: &App, username: &Username) -> Result<Option<Member>> {
    let mut connection = app.db.acquire().await?;
    let handle = Handle {
        username: username.clone(),
        domain: None,
    };
    let Some(account) = db::accounts::by_handle(&mut connection, &handle).await? else {
        return Ok(None);
    };
    Ok(db::members::find(&mut connection, account.id).await?)
}

/// Everybody, in the order of joining.
pub async fn list(app: &App) -> Result<Vec<Member>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::members::list(&mut connection).await?)
}
